"""Repair TW423: a kernel that begins as a copy of another gets the same numbers in an order of its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainwhy.lab.new_weights import on_new_weights
from trainwhy.lab.session import Session

WORDS = "the copied kernels drawn anew"
FEWEST = 8


def install(session: Session) -> None:
    """Shuffle matrices that were there before."""
    known: set[bytes] = set()

    def changed(values: np.ndarray[Any, Any], generator: np.random.Generator) -> np.ndarray[Any, Any] | None:
        if values.ndim < 2 or values.size < FEWEST or np.all(values == values.flat[0]):  # noqa: PLR2004 - a matrix
            return None
        key = str(values.shape).encode() + values.tobytes()
        if key not in known:
            known.add(key)
            return None
        mixed: np.ndarray[Any, Any] = np.asarray(generator.permutation(values.ravel())).reshape(values.shape)
        return mixed

    on_new_weights(session, changed)
