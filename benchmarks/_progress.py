"""A progress that notes how often it was told and the longest silence between two tellings."""

import time


class Watched:
    def __init__(self):
        self.steps = 0
        self.longest_s = 0.0
        self.longest_after = ""
        self._last = time.perf_counter()
        self._step = "the start"

    def __call__(self, step, done, all):
        self.mark()
        self.steps += 1
        self._step = step

    def mark(self):
        """The end of what was watched, or the beginning of another part of it, is an instant too."""
        now = time.perf_counter()
        if now - self._last > self.longest_s:
            self.longest_s, self.longest_after = now - self._last, self._step
        self._last = now

    def __str__(self):
        return (
            f"{self.steps} progress steps, longest gap {self.longest_s:.2f} s (after '{self.longest_after}')"
        )
