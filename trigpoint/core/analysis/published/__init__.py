"""Published values that the statistics of this room must reproduce: one module a topic, each with its own CHECKS."""
