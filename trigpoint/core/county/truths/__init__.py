"""Truths planted in the synthetic county: what a right analysis must find, each in a module of its own."""
