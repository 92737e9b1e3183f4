"""Keeps Typer from importing pydantic (half of its start-up time) for values that need no conversion.

Typer from 0.20 on converts every parameter through pydantic. A text that is to be a text needs none of that, so each
parameter first gets this stand-in, which steps aside for anything else. Where Typer has no such place, nothing changes.
"""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def filled_in(arguments: Sequence[str], alone: Mapping[str, str]) -> list[str]:
    """Give an option its own value where the next word is no value: another option, a path that exists, or nothing."""
    words: list[str] = []
    rest = False
    for at, word in enumerate(arguments):
        rest = rest or word == "--"
        following = arguments[at + 1] if at + 1 < len(arguments) else "-"
        takes_none = following.startswith("-") or os.path.lexists(following)
        words.append(f"{word}={alone[word]}" if word in alone and takes_none and not rest else word)
    return words


class QuickCommand(TyperCommand):
    """One command, whose parameters convert themselves where nothing is to be converted."""

    alone: Mapping[str, str] = MappingProxyType({})  # options that may stand without a value, and what they mean then

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the arguments, after the options that stand alone were given their value."""
        return super().parse_args(ctx, filled_in(args, self.alone))

    def get_params(self, ctx: Any) -> Any:
        """Give all parameters, `--help` included."""
        return quickened(super().get_params(ctx))


class QuickGroup(TyperGroup):
    """A group of commands, quick in the same way."""

    def get_params(self, ctx: Any) -> Any:
        """Give all parameters, `--help` included."""
        return quickened(super().get_params(ctx))
