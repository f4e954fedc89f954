"""Trigpoint: the shared map of a child-safeguarding partnership. It maps places and themes, never a child."""

__version__ = "0.1.0"
