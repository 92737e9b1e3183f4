"""Arrays summed up as `Numbers`."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainwhy.lab import tensors
from trainwhy.seen import Numbers

MOST = 200_000  # elements looked at; of larger arrays the first rows
DISTINCT = 1000
FLAT = 0.0067  # a sigmoid is this near to its end at -5 and 5


def numbers(value: Any) -> Numbers | None:
    """Sum up an array, an eager tensor, a data frame or a list; of a symbolic tensor only its shape is known."""
    if value is None:
        return None
    if tensors.is_symbolic(value) or type(value).__name__ == "KerasTensor":
        return Numbers(tensors.shape(value), _dtype(value))
    try:
        array = tensors.array(value) if hasattr(value, "numpy") else np.asarray(value)
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
    if array is None:
        return None
    shape = tuple(int(size) for size in array.shape)
    if array.dtype.kind not in "biuf" and array.dtype.name != "bfloat16":
        return Numbers(shape, str(array.dtype))
    return _summed_up(_first_rows(array), shape, str(array.dtype))


def _dtype(value: Any) -> str:
    dtype = getattr(value, "dtype", "")
    return str(getattr(dtype, "name", dtype))


def _first_rows(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if array.size <= MOST or array.ndim == 0:
        return array
    return array[: max(1, MOST * len(array) // array.size)]


def _summed_up(array: np.ndarray[Any, Any], shape: tuple[int, ...], dtype: str) -> Numbers:
    values = array.astype(np.float64).ravel()
    finite = values[np.isfinite(values)]
    nans = int(np.isnan(values).sum())
    if not finite.size:
        return Numbers(shape, dtype, nans=nans, infinities=values.size - nans)
    with np.errstate(all="ignore"):
        return Numbers(
            shape,
            dtype,
            low=float(finite.min()),
            high=float(finite.max()),
            mean=float(finite.mean()),
            deviation=float(finite.std()),
            nans=nans,
            infinities=values.size - nans - finite.size,
            whole=bool(np.all(finite == np.round(finite))),
            distinct=min(len(np.unique(finite[: 50 * DISTINCT])), DISTINCT),
            row_sums=_row_sums(array),
            column_deviations=_columns(array)[0],
            column_mean=_columns(array)[1],
            near_zero=float(np.mean(np.abs(finite) < FLAT)),
            near_one=float(np.mean(np.abs(finite) > 1 - FLAT)),
            zero_columns=_zero_columns(array),
        )


def _row_sums(array: np.ndarray[Any, Any]) -> tuple[float, float] | None:
    if array.ndim < 2 or array.dtype.kind not in "biuf":  # noqa: PLR2004 - rows and columns
        return None
    sums = array.astype(np.float64).sum(axis=-1)
    return (float(np.nanmin(sums)), float(np.nanmax(sums))) if np.isfinite(sums).any() else None


def _columns(array: np.ndarray[Any, Any]) -> tuple[tuple[float, float] | None, float | None]:
    if array.ndim < 2 or not array.shape[-1] or len(array) < 2:  # noqa: PLR2004 - rows and columns
        return None, None
    flat = array.reshape(-1, array.shape[-1]).astype(np.float64)
    if not np.isfinite(flat).all():
        return None, None
    deviations = flat.std(axis=0)
    return (float(deviations.min()), float(deviations.max())), float(np.abs(flat.mean(axis=0)).max())


def _zero_columns(array: np.ndarray[Any, Any]) -> float | None:
    if array.ndim < 2 or not array.size:  # noqa: PLR2004 - rows and columns
        return None
    return float(np.mean(np.all(array.reshape(-1, array.shape[-1]) == 0, axis=0)))
