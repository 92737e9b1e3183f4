"""Repair TW411: a kernel that makes its inputs grow far too much is scaled to what its inputs allow."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from trainwhy.lab.new_weights import on_new_weights
from trainwhy.lab.session import Session

WORDS = "these kernels scaled by the number of their inputs"
LARGE = 6.0


def install(session: Session) -> None:
    """Scale matrices as soon as they are made."""
    on_new_weights(session, _scaled)


def _scaled(values: np.ndarray[Any, Any], _generator: np.random.Generator) -> np.ndarray[Any, Any] | None:
    if values.ndim < 2:  # noqa: PLR2004 - a matrix
        return None
    size = float(np.sqrt(np.mean(np.square(values.astype(np.float64))))) * math.sqrt(math.prod(values.shape[:-1]))
    return values / size if size > LARGE else None
