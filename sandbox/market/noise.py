"""Chance that is a function of its key: the same key, the same draw, whoever asks."""

from __future__ import annotations

import hashlib
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SMALL = 12.0
_TERMS = 48
# The bell curve's inverse by interpolation: scipy's would add a second to every start.
_BELL = np.linspace(-7.0, 7.0, 5601)
_BELL_SHARE = np.array([NormalDist().cdf(float(each)) for each in _BELL])


def generator(*key: object) -> np.random.Generator:
    """A generator seeded by `key` (its parts as text)."""
    text = "\x1f".join(str(part) for part in key).encode()
    seed = int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big")
    return np.random.Generator(np.random.PCG64(seed))


def share(*key: object) -> float:
    """One uniform draw in [0, 1) for `key`; cheap."""
    text = "\x1f".join(str(part) for part in key).encode()
    whole = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> 11
    return whole / (1 << 53)


def counts(mean: Floats, uniform: Floats) -> Ints:
    """Poisson counts by inversion, so that each cell depends on its own uniform only.

    Above a mean of 12 the normal approximation is used.
    """
    bell = np.interp(uniform, _BELL_SHARE, _BELL)
    normal = np.rint(mean + np.sqrt(np.maximum(mean, 0.0)) * bell)
    result: Ints = np.maximum(normal, 0).astype(np.int64)
    small = mean <= _SMALL
    if not small.any():
        return result
    lam = np.maximum(mean[small], 0.0)
    orders = np.arange(1, _TERMS, dtype=np.float64)
    terms = np.cumprod(lam[:, None] / orders[None, :], axis=1)
    cdf = np.exp(-lam)[:, None] * np.concatenate(
        [np.ones((lam.size, 1)), 1.0 + np.cumsum(terms, axis=1)], axis=1
    )
    result[small] = (uniform[small][:, None] >= cdf).sum(axis=1)
    return result
