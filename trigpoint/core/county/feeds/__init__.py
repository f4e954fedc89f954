"""The agencies' records, one file a feed: what each would have typed of the county's events."""
