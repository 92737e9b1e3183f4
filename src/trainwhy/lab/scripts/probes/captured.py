"""Values of Python that a traced function keeps from its tracing, and things of Python that it does only then."""

from __future__ import annotations

import builtins
import weakref
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts import captures
from trainwhy.lab.scripts.probes.functions import plain
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import Captured

MOST = 40  # places watched of one function


class _Watched:
    """One traced function, with what it reads and changes outside of itself."""

    def __init__(self, name: str, places: list[captures.Place]) -> None:
        self.name = name
        self.places = list({(p.words, p.use): p for p in reversed(places)}.values())[:MOST]
        self.traces = 0
        self.calls = 0
        self.traced: dict[str, Any] = {}
        self.stale: dict[str, list[Any]] = {}  # words -> [calls, old, new, steps begun at the first]
        self.effects: dict[str, int] = {}
        self.prints: dict[int | None, list[Any]] = {}  # line -> [times, symbolic]

    def before(self) -> dict[str, Any]:
        """Read everything."""
        return {f"{p.use} {p.words}": _state(p) for p in self.places}

    def after(self, before: dict[str, Any], traces: int, step: int) -> None:
        """The function ran: note what is outdated and what was done."""
        self.calls += 1
        now = self.before()
        for place in self.places:
            key = f"{place.use} {place.words}"
            if place.use != "read" and before[key] != now[key]:
                self.effects[key] = self.effects.get(key, 0) + 1
        if traces > self.traces:
            self.traces, self.traced = traces, before
        elif self.traces:
            self._compare(before, step)

    def _compare(self, before: dict[str, Any], step: int) -> None:
        for place in self.places:
            key = f"{place.use} {place.words}"
            old, new = self.traced.get(key, captures.MISSING), before[key]
            if place.use == "read" and captures.MISSING not in (old, new) and type(old) is type(new) and old != new:
                seen = self.stale.setdefault(place.words, [0, old, new, step])
                seen[0] += 1


def _state(place: captures.Place) -> Any:
    value = place.value()
    if place.use == "append":
        return len(value) if isinstance(value, (list, set)) else captures.MISSING
    return captures.scalar(value)


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch calls of traced functions, and the steps of `fit`."""
    del recorder
    known: weakref.WeakKeyDictionary[Any, _Watched] = weakref.WeakKeyDictionary()
    order: list[_Watched] = []
    on: list[_Watched] = []
    session.captured = order  # type: ignore[attr-defined]
    if session.looking:
        return
    session.wrap(type(tf.function(lambda: None)), "__call__", _call(session, known, order, on))
    _watch_fits(session, known, order, on)
    _watch_prints(session, on)


def _watched(session: ScriptSession, known: Any, order: list[_Watched], key: Any, roots: list[Any]) -> _Watched:
    if key not in known:
        found = [p for root in roots for p in captures.places(root, lambda f: session.files.before(f) is not None)]
        name = str(getattr(roots[0], "__name__", "function")) if roots else "function"
        known[key] = _Watched(name, found)
        order.append(known[key])
    return known[key]  # type: ignore[no-any-return]


def _call(session: ScriptSession, known: Any, order: list[_Watched], on: list[_Watched]) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or session.fitting or on or not tf.executing_eagerly():
            return original(function, *args, **kwargs)
        one, before = None, {}
        with session.harness_in_control():
            one = _watched(session, known, order, function, [plain(function)])
            before = one.before()
        if one is not None:
            on.append(one)
        try:
            result = original(function, *args, **kwargs)
        finally:
            on.clear()
        if one is not None:
            with session.harness_in_control():
                one.after(before, int(function.experimental_get_tracing_count()), session.begun)
        return result

    return wrapper


def _watch_fits(session: ScriptSession, known: Any, order: list[_Watched], on: list[_Watched]) -> None:
    """Keras makes one function for all its batches: it is traced at the first, and when it is made anew."""
    current: list[Any] = []

    def began(original: Callable[..., Any], callbacks: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(callbacks, *args, **kwargs)
        model = getattr(callbacks, "_model", None) or getattr(callbacks, "model", None)
        function = getattr(model, "train_function", None)
        if session.running and function is not None and not getattr(model, "run_eagerly", False):
            with session.harness_in_control():
                one = _watched(session, known, order, function, _roots(model))
                current[:] = [one, one.before()]
                on[:] = [one]
        return result

    def ended(original: Callable[..., Any], callbacks: Any, *args: Any, **kwargs: Any) -> Any:
        on.clear()
        if session.running and current:
            with session.harness_in_control():
                one, before = current
                one.after(before, 0 if tf.config.functions_run_eagerly() else 1, session.begun)
            current.clear()
        return original(callbacks, *args, **kwargs)

    session.wrap(keras.callbacks.CallbackList, "on_train_batch_begin", began)
    session.wrap(keras.callbacks.CallbackList, "on_train_batch_end", ended)


def _roots(model: Any) -> list[Any]:
    layers = [layer.call for layer in getattr(model, "_flatten_layers", lambda: ())()]
    return [model.train_step, model.compute_loss, *layers, *([model.loss] if callable(model.loss) else [])]


def _watch_prints(session: ScriptSession, on: list[_Watched]) -> None:
    def print_(original: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        if on and session.running and any(isinstance(a, tf.Tensor) for a in args):
            with session.harness_in_control():
                seen = on[-1].prints.setdefault(session.line(), [0, False])
                seen[0] += 1
                seen[1] = seen[1] or any(map(tensors.is_symbolic, args))

    session.wrap(builtins, "print", print_)


# ------------------------------------------------------------------------------------------- when it is over


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Freeze what was outdated, and what was done more seldom than asked."""
    for one in session.captured:  # type: ignore[attr-defined]
        for place in one.places:
            before = session.files.before(place.file) or 0
            if place.use == "read" and place.words in one.stale:
                times, old, new, step = one.stale[place.words]
                recorder.captured.append(
                    Captured(
                        "value", place.words, one.name, place.line + before, one.calls, times, one.traces,
                        old=_number(old), new=_number(new), step=step,
                    )
                )  # fmt: skip
            elif f"{place.use} {place.words}" in one.effects:
                value = place.value()
                kept = value[-1] if isinstance(value, list) and value else None
                recorder.captured.append(
                    Captured(
                        place.use, place.words, one.name, place.line + before, one.calls,
                        one.effects[f"{place.use} {place.words}"], one.traces, symbolic=tensors.is_symbolic(kept),
                    )
                )  # fmt: skip
        for line, (times, symbolic) in one.prints.items():
            recorder.captured.append(Captured("print", "print", one.name, line, one.calls, times, one.traces, symbolic))


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (bool, int, float)) else None
