"""How often each `tf.function` of the script is called, and how often it is traced."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import FunctionSeen

MOST = 30


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: ARG001 - what every probe is given
    """Count the outermost calls of traced functions."""
    calls: weakref.WeakKeyDictionary[Any, list[int]] = weakref.WeakKeyDictionary()
    kept: list[Any] = []
    session.function_calls = calls  # type: ignore[attr-defined]
    session.functions = kept  # type: ignore[attr-defined]
    lines: weakref.WeakKeyDictionary[Any, list[int | None]] = weakref.WeakKeyDictionary()  # made and first called at
    session.function_lines = lines  # type: ignore[attr-defined]

    def make(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> None:
        original(function, *args, **kwargs)
        if session.running:
            lines[function] = [session.line(), None]

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not session.fitting and tf.executing_eagerly():
            if function not in calls:
                calls[function] = [0]
                if len(kept) < MOST:
                    kept.append(function)
            calls[function][0] += 1
            if calls[function][0] == 1:
                lines.setdefault(function, [None, None])[1] = session.line()
        return original(function, *args, **kwargs)

    kind = type(tf.function(lambda: None))
    session.wrap(kind, "__init__", make)
    session.wrap(kind, "__call__", call)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Ask each function how often it was traced."""
    for function in session.functions:  # type: ignore[attr-defined]
        code = getattr(plain(function), "__code__", None)
        made, called = session.function_lines.get(function, [None, None])  # type: ignore[attr-defined]
        before = session.files.before(code.co_filename) if code else None
        recorder.functions.append(
            FunctionSeen(
                name=str(getattr(function.python_function, "__name__", "function")),
                line=None if code is None or before is None else code.co_firstlineno + before,
                calls=session.function_calls[function][0],  # type: ignore[attr-defined]
                traces=int(function.experimental_get_tracing_count()),
                made_line=made,
                call_line=called,
            )
        )


def plain(function: Any) -> Any:
    """Return the script's own function behind a `tf.function`, also of a method."""
    found = function.python_function
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found
