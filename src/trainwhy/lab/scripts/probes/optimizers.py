"""Each optimizer of the script: where and when it was made, whose weights it was given, how long it lasted."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import OptimizerSeen

MOST = 40
NAMES = 200
SUMMED = 8  # optimizers at whose birth the weights are summed up


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch optimizers being made and used, whoever uses them."""
    places: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
    depth = [0]

    def create(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> None:
        try:
            original(optimizer, *args, **kwargs)
        finally:
            if session.running and optimizer not in places and len(recorder.optimizers_seen) < MOST:
                with session.harness_in_control():
                    places[optimizer] = len(recorder.optimizers_seen)
                    recorder.optimizers_seen.append(_made(session, recorder, optimizer))

    def apply(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        place = places.get(optimizer) if session.running and not depth[0] else None
        if place is None:
            return original(optimizer, *args, **kwargs)
        with session.harness_in_control():
            given = args[1] if len(args) > 1 else kwargs.get("trainable_variables")
            strangers = _strangers(optimizer, given)
            recorder.optimizers_seen[place] = _used(session, recorder.optimizers_seen[place], optimizer, given)
        depth[0] += 1
        try:
            return original(optimizer, *args, **kwargs)
        except Exception as error:
            with session.harness_in_control():
                recorder.optimizers_seen[place] = replace(
                    recorder.optimizers_seen[place], error=type(error).__name__, error_lines=lines(session),
                    strangers=strangers, given=len(list(given or ())),
                )  # fmt: skip
            raise
        finally:
            depth[0] -= 1

    session.wrap(keras.optimizers.Optimizer, "__init__", create)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)


def lines(session: ScriptSession) -> tuple[int, ...]:
    """The user's lines that led here, outermost first."""
    found: list[int] = []
    walk: FrameType | None = sys._getframe(1)
    while walk is not None:
        before = session.files.before(walk.f_code.co_filename)
        if before is not None:
            found.append(walk.f_lineno + before)
        walk = walk.f_back
    inner = session.line()
    outer = tuple(reversed(found))
    return outer if inner is None or inner in outer else (*outer, inner)


def loop_line(session: ScriptSession) -> int | None:
    """The line inside the innermost of the user's loops that led here."""
    turns = session.turns()
    if not turns:
        return None
    frame = turns[-1].frame
    before = session.files.before(frame.f_code.co_filename)
    return None if before is None else frame.f_lineno + before


def _made(session: ScriptSession, recorder: ScriptRecorder, optimizer: Any) -> OptimizerSeen:
    eager = tf.executing_eagerly()
    return OptimizerSeen(
        number=len(recorder.optimizers_seen),
        kind=type(optimizer).__name__,
        line=session.line(),
        lines=lines(session),
        loop_line=loop_line(session),
        step=session.begun,
        epoch=session.epoch,
        in_graph=not eager,
        start=_sum(session) if eager and len(recorder.optimizers_seen) < SUMMED else None,
        by_keras=_by_keras(session),
    )


def _by_keras(session: ScriptSession) -> bool:
    """Tell an optimizer that `compile` made of a name from one that the script made itself."""
    walk: FrameType | None = sys._getframe(1)
    while walk is not None and session.files.before(walk.f_code.co_filename) is None:
        if walk.f_code.co_name in ("compile", "from_config", "deserialize_keras_object", "__deepcopy__"):
            return True
        walk = walk.f_back
    return False


def _sum(session: ScriptSession) -> float:
    total = 0.0
    for variable in session.everything.trainable_variables:
        values = tensors.array(tensors.raw_variable(variable))
        total += 0.0 if values is None or values.dtype.kind != "f" else float(np.abs(values).sum())
    return total


def _strangers(optimizer: Any, given: Any) -> int:
    if not getattr(optimizer, "built", False):
        return 0
    known = {id(v) for v in getattr(optimizer, "_trainable_variables", ())}
    return sum(id(v) not in known for v in given or ())


def _used(session: ScriptSession, seen: OptimizerSeen, optimizer: Any, given: Any) -> OptimizerSeen:
    first = seen.updates == 0
    names = tuple(session.name_of(v) for v in list(given or ())[:NAMES]) if first else seen.variables
    return replace(
        seen,
        updates=seen.updates + 1,
        first_step=session.step if first else seen.first_step,
        last_step=session.step,
        first_epoch=session.epoch if first else seen.first_epoch,
        last_epoch=session.epoch,
        variables=names,
        learning_rate=_rate(optimizer) if first else seen.learning_rate,
        apply_lines=lines(session) if first else seen.apply_lines,
    )


def _rate(optimizer: Any) -> float | None:
    try:
        with tf.init_scope():
            return float(tensors.array(optimizer.learning_rate))  # type: ignore[arg-type]  # None raises TypeError
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None
