"""Chance that repeats itself: every feed and month draws from its own stream of numbers."""

import hashlib

import numpy as np


def generator(seed: int, *about: object) -> np.random.Generator:
    """The stream of random numbers that belongs to a seed and a subject, on every machine."""
    text = "|".join(str(part) for part in (seed, *about))
    digest = hashlib.sha256(text.encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
