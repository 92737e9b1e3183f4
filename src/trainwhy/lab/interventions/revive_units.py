"""Repair TW412: biases that begin below zero begin at zero, and kernels with a negative mean around it."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainwhy.lab.new_weights import on_new_weights
from trainwhy.lab.session import Session

WORDS = "biases begun at 0 and kernels around 0"


def install(session: Session) -> None:
    """Move weights as soon as they are made."""
    on_new_weights(session, _moved)


def _moved(values: np.ndarray[Any, Any], _generator: np.random.Generator) -> np.ndarray[Any, Any] | None:
    if values.ndim == 1:
        return np.zeros_like(values) if values.size > 1 and values.max() < 0 else None
    mean, deviation = float(values.mean()) if values.size else 0.0, float(values.std()) if values.size else 0.0
    return values - mean if values.ndim > 1 and mean < -deviation / 2 else None
