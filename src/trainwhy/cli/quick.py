"""Keeps Typer from importing pydantic (half of its start-up time) for values that need no conversion.

Typer from 0.20 on converts every parameter through pydantic. A text that is to be a text needs none of that, so each
parameter first gets this stand-in, which steps aside for anything else. Where Typer has no such place, nothing changes.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

_PLACE = "_runtime_param"


class Straight:
    """Hands texts, flags and absent values through, and everything else to Typer's own conversion."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value as the command wants it."""
        several = param.multiple or param.nargs == -1
        if not several and (value is None or (isinstance(value, (str, bool)) and _wants(param) is type(value))):
            return value
        setattr(param, _PLACE, None)
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _wants(param: Any) -> object:
    return getattr(getattr(param, "type_descriptor", None), "annotation", None)


def quickened(params: list[Any]) -> list[Any]:
    """Put the stand-in on every parameter that has a place for it."""
    for param in params:
        if getattr(param, _PLACE, False) is None and hasattr(param, "get_runtime_param"):
            setattr(param, _PLACE, Straight())
    return params


class QuickCommand(TyperCommand):
    """One command, whose parameters convert themselves where nothing is to be converted."""

    def get_params(self, ctx: Any) -> Any:
        """Give all parameters, `--help` included."""
        return quickened(super().get_params(ctx))


class QuickGroup(TyperGroup):
    """A group of commands, quick in the same way."""

    def get_params(self, ctx: Any) -> Any:
        """Give all parameters, `--help` included."""
        return quickened(super().get_params(ctx))
