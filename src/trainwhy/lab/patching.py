"""Wrapped methods and replaced names that are undone in reverse order."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

Wrapper = Callable[..., Any]  # (original, *args, **kwargs) -> result


def _definer(owner: Any, name: str) -> Any:
    """The class that defines a method: put anywhere below it, the wrap would look like an override."""
    if not isinstance(owner, type):
        return owner
    found = next((kind for kind in owner.__mro__ if name in vars(kind)), owner)
    return owner if found.__module__ == "builtins" else found


def _alive(value: Any) -> Any:
    """What stands behind wraps that are over already."""
    while getattr(value, "__trainwhy_on__", None) == []:
        value = value.__wrapped__
    return value


class Patches:
    """A set of changes to other people's classes; `close` puts everything back, last change first.

    A change that others have wrapped since stays in their chain, and hands through to what was there before it.
    """

    def __init__(self) -> None:
        self._undo = ExitStack()

    def wrap(self, owner: Any, name: str, wrapper: Wrapper) -> None:
        """Put `wrapper(original, *args, **kwargs)` in place of `owner.name`."""
        owner = _definer(owner, name)
        original = getattr(owner, name)
        on = [True]

        @functools.wraps(original)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return wrapper(original, *args, **kwargs) if on else original(*args, **kwargs)

        with contextlib.suppress(TypeError, ValueError):  # Keras asks `getfullargspec`, which looks at no `__wrapped__`
            wrapped.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]  # functions take any
        wrapped.__dict__["__trainwhy_on__"] = on
        self.replace(owner, name, wrapped)
        self._undo.callback(on.clear)

    def replace(self, owner: Any, name: str, value: Any) -> None:
        """Set `owner.name` to `value`."""
        own = vars(owner)
        before = own.get(name)
        known = name in own

        def undo() -> None:
            if vars(owner).get(name) is not value:
                return  # wrapped by others since: they put back what they found
            if known:
                setattr(owner, name, _alive(before))
            else:
                delattr(owner, name)

        self._undo.callback(undo)
        setattr(owner, name, value)

    def callback(self, undo: Callable[[], None]) -> None:
        """Run `undo` when the patches close."""
        self._undo.callback(undo)

    def close(self) -> None:
        """Undo everything; a second call does nothing."""
        self._undo.close()
