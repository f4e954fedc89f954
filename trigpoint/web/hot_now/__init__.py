"""Hot now: the agenda of places, put together from a few questions of the gate."""
