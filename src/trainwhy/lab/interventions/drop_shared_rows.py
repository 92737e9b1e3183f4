"""Repair TW310: rows that are in validation as well are taken out of the training arrays of `fit`."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from trainwhy.lab.scripts import feeding

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "no row in both training and validation"


def install(session: Session) -> None:
    """Take shared rows out of the training arrays given to `fit`, so that validation keeps its size."""

    def apart(given: dict[str, Any]) -> None:
        x, y, checked = given.get("x"), given.get("y"), given.get("validation_data")
        if not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray) or not isinstance(checked, (tuple, list)):
            return
        names = set(feeding.hashes(np.asarray(checked[0])))
        kept = np.array([name not in names for name in feeding.hashes(x)])
        if kept.any():
            given["x"], given["y"] = x[kept], y[kept]
        else:
            half = len(x) // 2
            given["x"], given["y"] = x[:half], y[:half]
            given["validation_data"] = (x[half:], y[half:])

    def fit(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(model, *args, **kwargs)
        bound = inspect.signature(original).bind(model, *args, **kwargs)
        apart(bound.arguments)
        return original(*bound.args, **bound.kwargs)

    if hasattr(session, "repairs_fit"):
        session.repairs_fit.append(apart)
    session.wrap(keras.Model, "fit", fit)
