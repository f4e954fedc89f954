"""What may become of a row."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
ACCEPTED: Final = np.int8(0)
DUPLICATE: Final = np.int8(1)
SUPERSEDED: Final = np.int8(2)
QUARANTINED: Final = np.int8(3)
WORDS: Final = ("accepted", "duplicate", "superseded", "quarantined")
"""The verdicts in words, by number."""
