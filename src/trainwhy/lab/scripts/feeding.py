"""What rows that were fed tell: scale, order, repetition, overlap. NumPy only, nothing of the script is called."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
CLASSES = 50  # different targets up to which they may be classes
MATRIX = 2  # rank of rows and columns


def hashes(rows: Array) -> list[bytes]:
    """One short name per row, equal for equal rows, whatever type the numbers had."""
    flat = _plain(rows)
    return [one.tobytes() for one in flat]


def _plain(rows: Array) -> Array:
    flat = rows.reshape(len(rows), -1)
    if flat.dtype.kind in "biuf":
        return np.asarray(flat.astype(np.float32) + np.float32(0.0), order="C")  # -0.0 and 0.0 are one number
    return np.array([[hash(str(value)) for value in row] for row in flat], np.int64)


def classes(targets: Array) -> Array | None:
    """Read targets as class numbers, from whole numbers or one-hot rows; None when they are no classes."""
    if not len(targets) or targets.dtype.kind not in "biuf" or not np.isfinite(targets.astype(np.float64)).all():
        return None
    flat = targets.reshape(len(targets), -1)
    if flat.shape[1] > 1:
        return np.argmax(flat, axis=1) if _one_hot(flat) else None
    column = flat[:, 0]
    if not np.all(column == np.round(column)):
        return None
    distinct = len(np.unique(column))
    most = CLASSES if targets.dtype.kind in "biu" else 20
    return column.astype(np.int64) if distinct <= min(most, max(2, len(column) // 3)) else None


def _one_hot(flat: Array) -> bool:
    return bool(np.all((flat == 0) | (flat == 1)) and np.all(flat.sum(axis=1) == 1))


def counted(labels: Array | None) -> tuple[tuple[int, int], ...]:
    """(class, rows), by class."""
    return () if labels is None else tuple(sorted(Counter(labels.tolist()).items()))


def variety(labels: Array) -> float:
    """Entropy of class numbers."""
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    return float(-(shares * np.log(shares)).sum())


def mixed(batches: Sequence[Array], labels: Array | None, targets: Array) -> float | None:
    """Variety of the targets inside a batch over that of all; 1 where batches look like everything."""
    full = [batch for batch in batches if len(batch) > 1]
    if len(full) < 3:  # noqa: PLR2004 - fewer say nothing about an order
        return None
    bounds = np.cumsum([0, *map(len, batches)])
    parts = [slice(a, b) for a, b in itertools.pairwise(bounds) if b - a > 1]
    if labels is not None:
        whole = variety(labels)
        return None if whole <= 0 else float(np.mean([variety(labels[part]) for part in parts])) / whole
    column = _column(targets)
    if column is None or column.std() <= 0:
        return None
    return float(np.mean([column[part].std() for part in parts]) / column.std())


def changes(batches: Sequence[Array], labels: Array | None) -> float | None:
    """Share of batches whose most frequent class is another than that of the batch before."""
    if labels is None or len(batches) < 3:  # noqa: PLR2004 - see above
        return None
    bounds = np.cumsum([0, *map(len, batches)])
    main = [
        Counter(labels[a:b].tolist()).most_common(1)[0][0] for a, b in itertools.pairwise(bounds) if len(labels[a:b])
    ]
    return float(np.mean(np.asarray(main[1:]) != np.asarray(main[:-1])))


def agreement(labels: Array | None, targets: Array) -> float | None:
    """How much neighbours in the order of feeding agree, beyond chance: 1 sorted, 0 in random order."""
    if labels is not None:
        shares = np.unique(labels, return_counts=True)[1] / len(labels)
        chance = float((shares**2).sum())
        return None if chance >= 1 else (float(np.mean(labels[1:] == labels[:-1])) - chance) / (1 - chance)
    column = _column(targets)
    if column is None or len(column) < 8 or column.std() <= 0:  # noqa: PLR2004 - too few to speak of an order
        return None
    ranks = np.argsort(np.argsort(column))
    return abs(float(np.corrcoef(ranks, np.arange(len(ranks)))[0, 1]))


def _column(targets: Array) -> Array | None:
    flat = targets.reshape(len(targets), -1)
    if flat.shape[1] != 1 or flat.dtype.kind not in "biuf":
        return None
    column = flat[:, 0].astype(np.float64)
    return column if np.isfinite(column).all() else None


def spread(rows: Array) -> tuple[float, float, float] | None:
    """Smallest and largest deviation of one column, and the largest |mean|; channels of images are the columns."""
    if rows.dtype.kind not in "biuf" or not rows.size:
        return None
    flat = rows.reshape(-1, rows.shape[-1] if rows.ndim > 1 else 1).astype(np.float64)
    flat = flat[np.isfinite(flat).all(axis=1)]
    if len(flat) < 2:  # noqa: PLR2004 - one row has no spread
        return None
    deviations = flat.std(axis=0)
    moving = deviations[deviations > 0]
    if not moving.size:
        return None
    return float(moving.min()), float(moving.max()), float(np.abs(flat.mean(axis=0)).max())


def bad(rows: Array) -> int:
    """Rows that hold NaN or infinity."""
    if rows.dtype.kind != "f" or not rows.size:
        return 0
    return int((~np.isfinite(rows.reshape(len(rows), -1))).any(axis=1).sum())


def twins(names: Sequence[bytes]) -> float:
    """Share of rows that have an equal row among the others: what a fair split would share by chance."""
    counts = Counter(names)
    return sum(count for count in counts.values() if count > 1) / max(len(names), 1)


def distance(first: Array | None, second: Array | None) -> float:
    """Half the sum of the differences between the shares of classes, 0 to 1."""
    if first is None or second is None or not len(first) or not len(second):
        return 0.0
    a, b = Counter(first.tolist()), Counter(second.tolist())
    return sum(abs(a[k] / len(first) - b[k] / len(second)) for k in {*a, *b}) / 2


def separable(rows: Array, labels: Array, rarest: int) -> float | None:
    """Area under the curve of a linear rule for one class, on rows it did not see."""
    if rows.dtype.kind not in "biuf":
        return None
    flat = rows.reshape(len(rows), -1).astype(np.float64)
    if not np.isfinite(flat).all() or not 1 <= flat.shape[1] <= 1024 or len(flat) < 20:  # noqa: PLR2004 - of a quick rule
        return None
    scores = predicted(flat, (labels == rarest).astype(np.float64))
    positive, negative = scores[labels == rarest], scores[labels != rarest]
    if not len(positive) or not len(negative):
        return None
    return float(np.mean(positive[:, None] > negative[None, :]))


def predicted(flat: Array, target: Array, ridge: float = 1e-2) -> Array:
    """What a ridge regression says of each fifth of the rows after learning from the other four."""
    scaled = (flat - flat.mean(axis=0)) / (flat.std(axis=0) + 1e-9)
    scaled = np.hstack([scaled, np.ones((len(scaled), 1))])
    fold = np.random.default_rng(0).permutation(len(flat)) % 5  # a generator of its own: nobody else draws from it
    said = np.zeros(len(flat))
    for k in range(5):
        train, test = scaled[fold != k], scaled[fold == k]
        square = train.T @ train + ridge * len(train) * np.eye(train.shape[1])
        said[fold == k] = test @ np.linalg.solve(square, train.T @ target[fold != k])
    return said


def predictable(rows: Array, targets: Array) -> float:
    """Share of the targets' variety that rows foretell, by a line through them or by their neighbours; 0 is chance."""
    flat = rows.reshape(len(rows), -1).astype(np.float64)
    if len(flat) < 30 or not np.isfinite(flat).all():  # noqa: PLR2004 - fewer foretell anything
        return 0.0
    pick = np.random.default_rng(1).permutation(len(flat))[:800]
    flat, targets = flat[pick][:, _moving(flat[pick])], targets[pick]
    if not flat.shape[1]:
        return 0.0
    labels = classes(targets)
    if labels is None:
        column = targets.reshape(len(targets), -1).astype(np.float64).mean(axis=1)
        return max(0.0, _explained(predicted(flat, column), column), _explained(_neighbours(flat, column, 5), column))
    kinds = np.unique(labels)
    chance = max(np.mean(labels == k) for k in kinds)
    if len(kinds) < 2 or chance >= 1:  # noqa: PLR2004 - one class foretells itself
        return 0.0
    linear = np.stack([predicted(flat, (labels == k).astype(np.float64)) for k in kinds], axis=1).argmax(axis=1)
    near = np.stack([_neighbours(flat, (labels == k).astype(np.float64), 5) for k in kinds], axis=1).argmax(axis=1)
    best = max(float(np.mean(kinds[said] == labels)) for said in (linear, near))
    return float(max(0.0, (best - chance) / (1 - chance)))


def _moving(flat: Array) -> Array:
    columns = np.flatnonzero(flat.std(axis=0) > 0)
    return columns[:: max(1, math.ceil(len(columns) / 300))]


def _explained(said: Array, column: Array) -> float:
    return 1 - float(np.mean((said - column) ** 2)) / (float(column.var()) + 1e-12)


def _neighbours(flat: Array, column: Array, count: int) -> Array:
    scaled = (flat - flat.mean(axis=0)) / (flat.std(axis=0) + 1e-9)
    square = (scaled**2).sum(axis=1)
    far = square[:, None] + square[None, :] - 2 * scaled @ scaled.T
    np.fill_diagonal(far, np.inf)
    nearest = np.argpartition(far, count, axis=1)[:, :count]
    return np.asarray(column[nearest].mean(axis=1))


def smooth(values: Array, axis: int) -> float:
    """Correlation of neighbours along an axis."""
    if values.shape[axis] < 3:  # noqa: PLR2004 - too short to have neighbours
        return 0.0
    moved = np.moveaxis(values.astype(np.float64), axis, -1)
    first, second = moved[..., :-1].ravel(), moved[..., 1:].ravel()
    if first.std() <= 0 or second.std() <= 0 or not np.isfinite(moved).all():
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])
