"""Which sets of weights are trained one after another: made where, trained when, used afterwards or not."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.probes.optimizers import loop_line
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import Trainee

MOST = 60
Made = tuple[Any, int, int]  # line in the loop, step, epoch


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: C901 - one hook beside the other
    """Watch what gradients are asked for, and models and modules being made and called."""
    made: list[tuple[weakref.ref[Any], Made]] = []
    places: dict[frozenset[Any], int] = {}
    on: list[int] = []  # the set that is trained now
    seeds = [0]
    depth = [0]

    def create(original: Callable[..., Any], one: Any, *args: Any, **kwargs: Any) -> None:
        original(one, *args, **kwargs)
        if session.running and len(made) < 10 * MOST and all(ref() is not one for ref, _ in made[-2:]):
            with session.harness_in_control():
                made.append((weakref.ref(one), (loop_line(session), session.begun, session.epoch)))

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            with session.harness_in_control():
                _asked(session, recorder, made, places, on, seeds[0], tf.nest.flatten(sources))
        return original(tape, target, sources, *args, **kwargs)

    def called(whole: int, original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and not depth[0] and not session.recording
        if outermost and session.fitting == whole and on:
            with session.harness_in_control():
                _used(recorder, places, on[0], model)
        depth[0] += 1
        try:
            return original(model, *args, **kwargs)
        finally:
            depth[0] -= 1

    def seeded(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        seeds[0] += session.running
        return original(*args, **kwargs)

    def goes_on() -> None:
        if on and places:
            seen = recorder.trainees[on[0]]
            recorder.trainees[on[0]] = replace(seen, last_step=session.step, last_epoch=session.epoch)

    session.wrap(keras.Model, "__init__", create)
    session.wrap(tf.Module, "__init__", create)
    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(keras.layers.Layer, "__call__", partial(called, 0))
    for name in ("evaluate", "predict"):  # the clock counts these as one that is on
        session.wrap(keras.Model, name, partial(called, 1))
    session.wrap(tf.random, "set_seed", seeded)
    session.wrap(keras.utils, "set_random_seed", seeded)
    session.after_step.append(goes_on)


def _asked(
    session: ScriptSession,
    recorder: ScriptRecorder,
    made: Any,
    places: dict[Any, int],
    on: list[int],
    seeds: int,
    sources: Any,
) -> None:
    variables = [s for s in sources if tensors.is_variable(s) and getattr(s, "trainable", True)]
    handles = frozenset(tensors.handle_key(v) or id(v) for v in variables)
    if not handles:
        return
    if handles not in places and len(places) < MOST:
        line, step, epoch = _origin(made, handles)
        places[handles] = len(recorder.trainees)
        recorder.trainees.append(
            Trainee(
                tuple(tensors.shape(v) for v in variables), line, step, epoch,
                session.step, session.step, session.epoch, session.epoch, seeds=seeds,
            )
        )  # fmt: skip
    on[:] = [places[handles]] if handles in places else []


def _origin(made: Any, handles: frozenset[Any]) -> Made:
    """Find the latest model or module that holds these weights."""
    for ref, where in reversed(made):
        one = ref()
        if one is None or (isinstance(one, keras.Model) and not one.built):
            continue
        own = {tensors.handle_key(v) or id(v) for v in one.trainable_variables}
        if own and (own >= handles):
            return where  # type: ignore[no-any-return]
    return None, 0, 0


def _used(recorder: ScriptRecorder, places: dict[Any, int], place: int, model: Any) -> None:
    handles = next(handles for handles, number in places.items() if number == place)
    own = {tensors.handle_key(v) or id(v) for v in getattr(model, "trainable_variables", None) or ()}
    if own & handles:
        recorder.trainees[place] = replace(recorder.trainees[place], used_after=True)
