"""Results as JSON lines and back, version 1. Non-finite floats travel as the strings "nan", "inf" and "-inf".

A decoder never trusts what it reads: whatever cannot be read as what is declared raises `WireError`, and nothing else
is ever made of it than these plain data.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args

from trainwhy import results
from trainwhy.results import Event, Request, Value

if TYPE_CHECKING:
    from cattrs import Converter

VERSION = 1
LATE = ("Seen | None", "Numbers | None")  # fields that hold what only scripts have
LEAST = {"line": 1, "column": 1, "epoch": 0, "weights_moved": 0}  # fields of these names count from there on
COUNTS = ("int", "int | None")
WHOLE = 2**63  # whole numbers are below it, so that each can be reckoned with as a float
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


def _whole_in(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -WHOLE <= value < WHOLE:
        raise TypeError(f"expected a whole number of 64 bits, found {type(value).__name__}")
    return value


def _from(least: int, whole: Any) -> Callable[[Any, Any], Any]:
    """Read a number that counts from `least` on; None only where `whole` says that there may be none."""

    def hook(value: Any, _: Any) -> int | None:
        if value is None and whole != "int":
            return None
        if _whole_in(value, int) < least:
            raise ValueError(f"expected {least} or more, found {value}")
        return int(value)

    return hook


def _truth_in(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, found {type(value).__name__}")
    return value


def _value_in(value: Any, _: Any) -> Value:
    if isinstance(value, str):
        return NON_FINITE.get(value, value)
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return _whole_in(value, int)
    raise TypeError(f"expected a plain value, found {type(value).__name__}")


@lru_cache(maxsize=1)
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415 - loaded while the worker of the first request starts
    from cattrs.gen import make_dict_structure_fn, override  # noqa: PLC0415 - as above

    converter = Converter()
    converter.register_unstructure_hook(float, float_out)
    converter.register_structure_hook(float, _float_in)
    converter.register_structure_hook(int, _whole_in)
    converter.register_structure_hook(bool, _truth_in)
    converter.register_structure_hook(Value, _value_in)
    converter.register_structure_hook(Union[float, None], lambda v, t: None if v is None else _float_in(v, t))
    for kind in vars(results).values():
        if not (isinstance(kind, type) and dataclasses.is_dataclass(kind)):
            continue
        late = {one.name: one.type.removesuffix(" | None") for one in dataclasses.fields(kind) if one.type in LATE}
        hooks: dict[str, Any] = {name: override(struct_hook=_late(converter, of)) for name, of in late.items()}
        counts = (one for one in dataclasses.fields(kind) if one.name in LEAST and one.type in COUNTS)
        hooks |= {one.name: override(struct_hook=_from(LEAST[one.name], one.type)) for one in counts}
        if hooks:
            converter.register_structure_hook(kind, make_dict_structure_fn(kind, converter, **hooks))
    return converter


def _late(converter: Converter, name: str) -> Callable[[Any, Any], Any]:
    """Read a class of `seen`, which is loaded when the first one comes."""

    def hook(value: Any, _: Any) -> Any:
        from trainwhy import seen  # noqa: PLC0415 - see `results`

        return None if value is None else converter.structure(value, getattr(seen, name))

    return hook


def prepare() -> None:
    """Make ready, for every kind of event and for requests, what is otherwise made when the first one passes."""
    from trainwhy import seen  # noqa: PLC0415 - see `results`

    for kind in (Request, seen.Seen, *KINDS.values()):
        _converter().get_structure_hook(kind)
        _converter().get_unstructure_hook(kind)


def plain(value: Any) -> Any:
    """Return `value` (any result) as dictionaries, lists and JSON scalars."""
    return _converter().unstructure(value)


def dump(value: Any) -> str:
    """One JSON document on one line for any result that is not an event."""
    return json.dumps(plain(value), allow_nan=False, separators=(",", ":"))


def dump_request(request: Request) -> str:
    """One JSON document on one line, as `dump` writes it: no reader or writer has to be made for it first."""
    return json.dumps(_bare(dataclasses.asdict(request)), allow_nan=False, separators=(",", ":"))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_bare(one) for one in value]
    return float_out(value) if isinstance(value, float) else value


def load(text: str | bytes, kind: type[T]) -> T:
    """Read a document that `dump` wrote; raise WireError for anything else."""
    from cattrs import BaseValidationError  # noqa: PLC0415 - as above

    try:
        return _converter().structure(json.loads(text), kind)
    except (BaseValidationError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise WireError(f"not a {getattr(kind, '__name__', kind)}: {error}") from error


def dump_event(event: Event) -> str:
    """One event on one line, tagged with its class and the version."""
    document = {"v": VERSION, **_converter().unstructure(event), "event": type(event).__name__}
    return json.dumps(document, allow_nan=False, separators=(",", ":"))


def load_event(line: str | bytes) -> Event:
    """Read one line of a worker; raise WireError when it is not an event of this version."""
    from cattrs import BaseValidationError  # noqa: PLC0415 - as above

    try:
        data = json.loads(line)
        kind = KINDS.get(data.pop("event", ""))
        if data.pop("v") != VERSION or kind is None:
            raise WireError("not an event of this version")
        event: Event = _converter().structure(data, kind)
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WireError(f"not an event: {error}") from error
    return event


KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Event)}
