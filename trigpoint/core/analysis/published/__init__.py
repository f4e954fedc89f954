"""Published values that the statistics of this room must reproduce, each with its source."""
