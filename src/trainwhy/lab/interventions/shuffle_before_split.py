"""Repair TW309: arrays given to `fit` with a `validation_split` are shuffled together before it cuts them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "inputs and targets shuffled together before `fit` splits them"


def install(session: Session) -> None:
    """Shuffle x and y of `fit` with one permutation of a generator of its own; a given validation set is mixed in."""

    def mixed(given: dict[str, Any]) -> None:
        x, y = given.get("x"), given.get("y")
        if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
            given.update(_mixed(session.request.seed, x, y, given.get("validation_data")))

    def fit(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(model, *args, **kwargs)
        bound = inspect.signature(original).bind(model, *args, **kwargs)
        mixed(bound.arguments)
        return original(*bound.args, **bound.kwargs)

    if hasattr(session, "repairs_fit"):
        session.repairs_fit.append(mixed)
    session.wrap(keras.Model, "fit", fit)


def _mixed(seed: int, x: Any, y: Any, checked: Any) -> dict[str, Any]:
    rng, rows = np.random.default_rng(seed), len(x)
    pair = isinstance(checked, (tuple, list)) and len(checked) == 2 and isinstance(checked[0], np.ndarray)  # noqa: PLR2004
    if pair:
        x, y = np.concatenate([x, checked[0]]), np.concatenate([y, checked[1]])
    order = rng.permutation(len(x))
    x, y = x[order], y[order]
    if not pair:
        return {"x": x, "y": y}
    return {"x": x[:rows], "y": y[:rows], "validation_data": (x[rows:], y[rows:])}
