"""Variants of a task: the same problem with some of its columns mirrored, so that no stored weights fit them all.

A variant is drawn from the seed of a run, which nobody knows before the file is submitted. Seeds of judging come in
pairs, an even one and the next odd one: what the first mirrors the second leaves, so one set of weights cannot fit both
unless the targets are symmetric in every column. A mirrored column keeps its spread, its middle and, where it is never
negative, its range; targets stay as they are, so losses, classes and their shares do too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from trainwhy.lab.task import Array, Data, Task, Training

SALT = 0x7661  # the variant is drawn beside the data, from the same seed


def rows(task: Training, seed: int, *, varied: bool) -> Data:
    """Return the rows to train on, and no others: what judges a run is never in the process that trains.

    The rows of a seed are the same in every process. `varied` gives the seed's variant of them.
    """
    known = task.data(seed)
    data = Data(known.x, known.y, known.x[:0], known.y[:0])
    return vary(task, data, seed) if varied else data


def held_out(task: Training, seed: int, secret: int, *, varied: bool) -> Data:
    """Return the rows of `seed` to train on beside rows drawn from `secret` to judge on, in the same variant."""
    known, unknown = task.data(seed), task.data(secret)
    data = Data(known.x, known.y, unknown.x_test, unknown.y_test)
    return vary(task, data, seed) if varied else data


def vary(task: Training, data: Data, seed: int) -> Data:
    """Return the seed's variant of these rows: the task's own way, or mirrored columns."""
    return (task.vary or mirrored)(data, seed)


def can_vary(task: Task, data: Data) -> bool:
    """Tell whether the task has variants: two seeds of a pair give two problems."""
    if not isinstance(task, Training):
        return False
    one, other = (np.asarray(vary(task, data, seed).x) for seed in (0, 1))
    return one.shape != other.shape or bool((one != other).any())


def mirrored(data: Data, seed: int) -> Data:
    """Mirror a random half of the columns of floating inputs (the channels of what has more axes).

    Inputs that are their own targets (an autoencoder's) stay their own targets. Whole numbers and text are left alone:
    they are names or counts, and a task that has such inputs says in `Training.vary` what a variant of it is.
    """
    x = np.asarray(data.x)
    if not np.issubdtype(x.dtype, np.floating) or x.ndim < 2 or not x.size:  # noqa: PLR2004 - rows and columns
        return data
    chosen = np.random.default_rng([SALT, seed // 2]).integers(0, 2, x.shape[-1]).astype(bool) ^ bool(seed % 2)
    middle = _middle(x)
    own = _same(data.x, data.y) and _same(data.x_test, data.y_test)
    x_train, x_test = (_mirror(values, chosen, middle) for values in (data.x, data.x_test))
    varied = replace(data, x=x_train, x_test=x_test)
    return replace(varied, y=x_train, y_test=x_test) if own else varied


def _middle(x: Array) -> Array:
    """Where each column is mirrored: the middle of its range when it is never negative, else its mean."""
    axes = tuple(range(x.ndim - 1))
    finite = np.where(np.isfinite(x), x, np.nan).astype(np.float64)
    if np.isnan(finite).all(axis=axes).any():
        finite = np.nan_to_num(finite)
    low, high = np.nanmin(finite, axis=axes), np.nanmax(finite, axis=axes)
    return np.asarray(np.where(low >= 0, (low + high) / 2, np.nanmean(finite, axis=axes)))


def _mirror(x: Array, chosen: Array, middle: Array) -> Array:
    values: Any = np.where(chosen, 2 * middle - x, x)
    return np.ascontiguousarray(values.astype(x.dtype))


def _same(x: Array, y: Array) -> bool:
    return x is y or (x.shape == y.shape and x.dtype == y.dtype and bool(np.array_equal(x, y, equal_nan=True)))
