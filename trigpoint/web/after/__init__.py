"""After a meeting, after a year: what was known, decided, done, and what happened; what a feed added."""
