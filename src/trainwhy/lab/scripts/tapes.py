"""Tapes that record a whole script, so that a question its own tape cannot answer has an answer after all.

One is opened when the script starts and one after every answer; the latest few go on side by side, because a step may
ask several times about one forward pass. A traced function gets a tape of its own at its beginning. While a function
or a `fit` that trains is called, no tape stands around it: it would have to differentiate the update as well.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import tensorflow as tf

LIVE = 4  # eager tapes that record side by side

Flat = list[Any]


def install(session: Any) -> None:
    """Record from the start of the script, and fill in what its own tapes answer with None."""
    tapes = _Tapes()
    trained: weakref.WeakSet[Any] = weakref.WeakSet()  # functions that ask a tape inside
    inside: list[Any] = []

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if not session.running or tape in tapes.own:
            return answer
        with session.harness_in_control():
            trained.update(inside)
            return tapes.filled(answer, target, sources)

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(function, *args, **kwargs)
        if function in trained and tf.executing_eagerly():
            tapes.close(None)
        inside.append(function)
        try:
            return original(function, *args, **kwargs)
        finally:
            inside.remove(function)
            if not inside and not tapes.on.get(None):
                with session.harness_in_control():
                    tapes.open(None)

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(type(tf.function(lambda: None)), "__call__", call)
    _at_the_start_of_traces(session, tapes)
    session.patches.callback(tapes.close_all)
    tapes.open(None)


def _at_the_start_of_traces(session: Any, tapes: _Tapes) -> None:
    try:
        from tensorflow.python.framework import func_graph
    except ImportError:
        return

    def build(
        original: Callable[..., Any], name: Any, python_func: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Any:
        def traced(*given: Any, **named: Any) -> Any:
            graph = id(tf.compat.v1.get_default_graph())
            with session.harness_in_control():
                tapes.open(graph)
            try:
                return python_func(*given, **named)
            finally:
                tapes.close(graph)

        return original(name, traced if session.running else python_func, *args, **kwargs)

    if hasattr(func_graph, "func_graph_from_py_func"):
        session.wrap(func_graph, "func_graph_from_py_func", build)


class _Tapes:
    """The tapes that record now, by the graph in which they do; None is eager."""

    def __init__(self) -> None:
        self.on: dict[int | None, list[tf.GradientTape]] = {}
        self.own: weakref.WeakSet[Any] = weakref.WeakSet()

    def open(self, place: int | None) -> None:
        tape = tf.GradientTape(persistent=True)
        self.own.add(tape)
        tape._push_tape()
        self.on.setdefault(place, []).append(tape)
        while len(self.on[place]) > LIVE:
            _end(self.on[place].pop(0))

    def close(self, place: int | None) -> None:
        for tape in self.on.pop(place, ()):
            _end(tape)

    def close_all(self) -> None:
        for place in list(self.on):
            self.close(place)

    def filled(self, answer: Any, target: Any, sources: Any) -> Any:
        """Answer in place of None where one of the tapes of this graph can."""
        place = None if tf.executing_eagerly() else id(tf.compat.v1.get_default_graph())
        for other in [one for one in self.on if one != place]:
            self.close(other)
        flat, wanted = _flat(answer), _flat(sources)
        for tape in reversed(self.on.get(place, [])):
            if all(one is not None for one in flat):
                break
            with tape.stop_recording():
                ours = tape.gradient(target, wanted)
            flat = [one if one is not None else other for one, other in zip(flat, ours, strict=True)]
        if place is None:
            self.open(None)
        return flat[0] if not isinstance(sources, (list, tuple, dict)) else tf.nest.pack_sequence_as(sources, flat)


def _end(tape: tf.GradientTape) -> None:
    if tape._recording:
        tape._pop_tape()


def _flat(value: Any) -> Flat:
    return [value] if value is None else list(tf.nest.flatten(value))
