"""Faults injected from outside: the process is killed, or the disk fails, at a chosen point of a load."""
