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


class Patches:
    """A set of changes to other people's classes; `close` puts everything back, last change first."""

    def __init__(self) -> None:
        self._undo = ExitStack()

    def wrap(self, owner: Any, name: str, wrapper: Wrapper) -> None:
        """Put `wrapper(original, *args, **kwargs)` in place of `owner.name`."""
        owner = _definer(owner, name)
        original = getattr(owner, name)

        @functools.wraps(original)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            return wrapper(original, *args, **kwargs)

        with contextlib.suppress(TypeError, ValueError):  # Keras asks `getfullargspec`, which looks at no `__wrapped__`
            wrapped.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]  # functions take any
        self.replace(owner, name, wrapped)

    def replace(self, owner: Any, name: str, value: Any) -> None:
        """Set `owner.name` to `value`."""
        own = vars(owner)
        before = own.get(name)
        put_back = functools.partial(setattr, owner, name, before)
        remove = functools.partial(delattr, owner, name)
        self._undo.callback(put_back if name in own else remove)
        setattr(owner, name, value)

    def callback(self, undo: Callable[[], None]) -> None:
        """Run `undo` when the patches close."""
        self._undo.callback(undo)

    def close(self) -> None:
        """Undo everything; a second call does nothing."""
        self._undo.close()
