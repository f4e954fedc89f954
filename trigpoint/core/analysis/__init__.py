"""One statistic per file: pure functions, frozen results."""
