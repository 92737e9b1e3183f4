"""Results as JSON lines and back, version 1. Non-finite floats travel as the strings "nan", "inf" and "-inf".

A decoder never trusts what it reads: whatever cannot be read as what is declared raises `WireError`, and nothing else
is ever made of it than these plain data.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args

from cattrs import BaseValidationError, Converter
from cattrs.strategies import configure_tagged_union

from trainwhy.results import Event, Value

VERSION = 1
NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}

T = TypeVar("T")


class WireError(ValueError):
    """A line is not what version 1 of the wire allows."""


def float_out(value: float) -> float | str:
    """Return the number itself, or the name of the non-finite one."""
    if math.isfinite(value):
        return value
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def _float_in(value: Any, _: Any) -> float:
    if isinstance(value, str):
        return NON_FINITE[value]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"expected a number, found {type(value).__name__}")
    return float(value)


def _value_in(value: Any, _: Any) -> Value:
    if isinstance(value, str):
        return NON_FINITE.get(value, value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TypeError(f"expected a plain value, found {type(value).__name__}")


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(float, float_out)
    converter.register_structure_hook(float, _float_in)
    converter.register_structure_hook(Value, _value_in)
    converter.register_structure_hook(Union[float, None], lambda v, t: None if v is None else _float_in(v, t))
    configure_tagged_union(Event, converter, tag_name="event")
    return converter


def plain(value: Any) -> Any:
    """Return `value` (any result) as dictionaries, lists and JSON scalars."""
    return _converter().unstructure(value)


def dump(value: Any) -> str:
    """One JSON document on one line for any result that is not an event."""
    return json.dumps(plain(value), allow_nan=False, separators=(",", ":"))


def load(text: str | bytes, kind: type[T]) -> T:
    """Read a document that `dump` wrote; raise WireError for anything else."""
    try:
        return _converter().structure(json.loads(text), kind)
    except (BaseValidationError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise WireError(f"not a {getattr(kind, '__name__', kind)}: {error}") from error


def dump_event(event: Event) -> str:
    """One event on one line, tagged with its class and the version."""
    data = _converter().unstructure(event, unstructure_as=Event)
    return json.dumps({"v": VERSION, **data}, allow_nan=False, separators=(",", ":"))


def load_event(line: str | bytes) -> Event:
    """Read one line of a worker; raise WireError when it is not an event of this version."""
    try:
        data = json.loads(line)
        if data.pop("v") != VERSION or data.get("event") not in EVENT_NAMES:
            raise WireError("not an event of this version")
        event: Event = _converter().structure(data, Event)  # type: ignore[arg-type]  # a union is no class
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError(f"not an event: {error}") from error
    return event


EVENT_NAMES = frozenset(kind.__name__ for kind in get_args(Event))
