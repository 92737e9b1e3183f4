"""Repair TW410: a kernel whose columns are all equal is drawn at random as soon as it is made."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from trainwhy.lab.new_weights import on_new_weights
from trainwhy.lab.session import Session

WORDS = "constant kernels drawn at random"


def install(session: Session) -> None:
    """Draw constant matrices from the uniform distribution of Glorot."""
    on_new_weights(session, _drawn)


def _drawn(values: np.ndarray[Any, Any], generator: np.random.Generator) -> np.ndarray[Any, Any] | None:
    if values.ndim < 2 or values.size < 2 or not np.all(values == values[..., :1]):  # noqa: PLR2004 - a matrix
        return None
    field = math.prod(values.shape[:-2])
    limit = math.sqrt(6.0 / (field * (values.shape[-2] + values.shape[-1])))
    return np.asarray(generator.uniform(-limit, limit, values.shape))
