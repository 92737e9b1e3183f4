"""What a recording keeps of a result: `scripts/record_runs` and `scripts/record_scripts` write no more."""

from __future__ import annotations

import dataclasses
from typing import Any

from trainwhy import wire


def lean(value: Any) -> Any:
    """Leave times and fields at their default out of a result; the rest as it travels on the wire."""
    if not dataclasses.is_dataclass(value):
        return [lean(one) for one in value] if isinstance(value, tuple) else wire.plain(value)
    fields = ((one, getattr(value, one.name)) for one in dataclasses.fields(value))
    return {one.name: 0.0 if one.name == "seconds" else lean(held) for one, held in fields if held != _default(one)}


def _default(field: dataclasses.Field[Any]) -> Any:
    """Give what a field holds when nothing is said."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
