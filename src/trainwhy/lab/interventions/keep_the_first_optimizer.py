"""Repair TW114: an optimizer made again on the same line is the one made there first, with all it remembers.

The later object shares the attributes of the first, so nothing is created anew and a traced function makes no second
set of variables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.lab.session import Session

WORDS = "the first optimizer kept"


def install(session: Session) -> None:
    """Let optimizers made again on one line share one state."""
    first: dict[tuple[type, int | None], Any] = {}
    making = [0]  # a class calls the constructor of its parent; only the outermost call decides

    def make(original: Any, optimizer: Any, *args: Any, **kwargs: Any) -> None:
        key = (type(optimizer), session.line())
        if session.running and not making[0] and key in first:
            vars(optimizer).clear()
            object.__setattr__(optimizer, "__dict__", vars(first[key]))
            return
        making[0] += 1
        try:
            original(optimizer, *args, **kwargs)
        finally:
            making[0] -= 1
        if session.running and not making[0]:
            first[key] = optimizer

    def hold() -> None:
        len(first)  # refers to them: the session outlives its patches, and optimizers are counted after it closes

    session.after_step.append(hold)
    for kind in {keras.optimizers.Optimizer, *_below(keras.optimizers.Optimizer)}:
        if "__init__" in vars(kind):
            session.wrap(kind, "__init__", make)


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for child in type.__subclasses__(kind):
        yield child
        yield from _below(child)
