"""Repair TW306: whatever is put into a random order together is put into the same one, by length."""

from __future__ import annotations

import inspect
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "one order for everything of the same length"


def install(session: Session) -> None:  # noqa: C901 - five small functions that share one order
    """Replace the functions that draw an order by ones that draw it once for each length."""
    orders: dict[int, Any] = {}

    def order(many: int) -> Any:
        if many not in orders:
            orders[many] = np.random.Generator(np.random.PCG64(session.request.seed)).permutation(many)
        return orders[many]

    def shuffle(values: Any, *_: Any) -> None:
        if isinstance(values, np.ndarray):
            values[...] = values[order(len(values))]
        else:
            values[:] = [values[place] for place in order(len(values))]

    def permutation(values: Any, *_: Any, **__: Any) -> Any:
        if isinstance(values, (int, np.integer)):
            return order(int(values)).copy()
        return np.asarray(values)[order(len(values))]

    class Generator(np.random.Generator):
        """Draws as before, but for orders."""

        def shuffle(self, x: Any, axis: int = 0) -> None:
            """Put into the one order."""
            del axis
            shuffle(x)

        def permutation(self, x: Any, axis: int = 0) -> Any:
            """Give the one order."""
            del axis
            return permutation(x)

    def default_rng(seed: Any = None) -> Any:
        return Generator(original_rng(seed).bit_generator)

    def mixed(original: Any, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        bound = inspect.signature(original).bind(dataset, *args, **kwargs)
        bound.arguments.update(seed=session.request.seed + 1, reshuffle_each_iteration=False)
        return original(*bound.args, **bound.kwargs)

    original_rng = np.random.default_rng
    session.replace(np.random, "shuffle", shuffle)
    session.replace(np.random, "permutation", permutation)
    session.replace(np.random, "default_rng", default_rng)
    session.replace(random, "shuffle", shuffle)
    session.wrap(tf.data.Dataset, "shuffle", mixed)
