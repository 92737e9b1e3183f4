"""How tapes are used: asked twice, never asked, watching what nobody asks for, too fine for half floats."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

SCALE = 4096.0  # by which gradients are asked for once more, where half floats are used
ASKED = 3  # questions that are asked once more
LINES = 40  # questions whose line is looked up


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: C901 - one wrap after another, each a few lines
    """Count the questions to each tape, and note which variables are only watched."""
    answered: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()  # tape -> line of the question
    opened: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()
    refined: weakref.WeakSet[Any] = weakref.WeakSet()  # tapes that were made persistent here
    session.tapes = {"watched": {}, "asked": set(), "opened": {}, "asked_of": {}}  # type: ignore[attr-defined]
    count = [0]

    def make(original: Callable[..., Any], tape: Any, persistent: bool = False, *args: Any, **kwargs: Any) -> None:
        halved = session.running and session.looking and not persistent and half_precision()
        original(tape, persistent or halved, *args, **kwargs)
        if halved:
            refined.add(tape)

    def enter(original: Callable[..., Any], tape: Any) -> Any:
        if session.running and not session.fitting and count[0] < 10 * LINES:
            opened[tape] = line = session.line()
            places = session.tapes["opened"]  # type: ignore[attr-defined]
            places[line] = places.get(line, 0) + 1
        return original(tape)

    def ask(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(tape, target, sources, *args, **kwargs)
        count[0] += 1
        line = session.line() if count[0] <= LINES else None
        with session.harness_in_control():
            _note_watched(session, tape, sources)
        try:
            answer = original(tape, target, sources, *args, **kwargs)
        except RuntimeError:
            if tape in answered:
                recorder.facts.update(
                    tape_again_line=line or session.line(), tape_first_line=answered[tape], tape_line=opened.get(tape)
                )
            raise
        if tape not in answered:
            places = session.tapes["asked_of"]  # type: ignore[attr-defined]
            places[opened.get(tape)] = places.get(opened.get(tape), 0) + 1
        answered[tape] = line
        if tape in refined and count[0] <= ASKED:
            with session.harness_in_control():
                _ask_again(recorder, original, tape, target, sources, answer, line)
        return answer

    session.wrap(tf.GradientTape, "__init__", make)
    session.wrap(tf.GradientTape, "__enter__", enter)
    session.wrap(tf.GradientTape, "gradient", ask)
    for name in ("load_weights", "set_weights"):
        session.wrap(keras.layers.Layer if name == "set_weights" else keras.Model, name, _loaded(session, recorder))


def half_precision() -> bool:
    """Tell whether layers compute in float16 unless they say otherwise."""
    return getattr(keras.config.dtype_policy(), "compute_dtype", "") == "float16"


def _loaded(session: ScriptSession, recorder: ScriptRecorder) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if session.running and session.called_by_learner():
            recorder.facts["weights_loaded"] = True
        return original(*args, **kwargs)

    return wrapper


def _note_watched(session: ScriptSession, tape: Any, sources: Any) -> None:
    """Keep what the tape watched and what it is asked about; of what is only watched, the values it has."""
    kept = session.tapes  # type: ignore[attr-defined]
    if len(kept["watched"]) > LINES * 10:
        return
    asked = {session.name_of(s) for s in tf.nest.flatten(sources) if tensors.is_variable(s)}
    kept["asked"] |= asked
    for variable in tape.watched_variables():
        name = session.name_of(variable)
        if name not in kept["watched"]:
            with tf.init_scope():
                values = tensors.array(tensors.raw_variable(variable))
            kept["watched"][name] = (variable, None if values is None else np.array(values))


def _ask_again(
    recorder: ScriptRecorder, original: Callable[..., Any], tape: Any, target: Any, sources: Any, answer: Any, line: Any
) -> None:
    """Ask for the same gradient, scaled up before it goes through half floats: what was 0 and is not now was lost."""
    if not isinstance(target, tf.Tensor) or tensors.is_symbolic(target):
        return
    scale = tf.cast(tf.fill(tf.shape(target), SCALE), target.dtype)
    again = original(tape, target, sources, output_gradients=scale)
    lost = alive = 0
    away = length = 0.0  # squared distance of the plain gradient from the finer one, and its squared length
    for plain, scaled in zip(tf.nest.flatten(answer), tf.nest.flatten(again), strict=True):
        before, after = tensors.array(plain), tensors.array(scaled)
        if before is not None and after is not None:
            there = np.isfinite(after) & (after != 0)
            alive += int(there.sum())
            lost += int((there & (before == 0)).sum())
            fine = np.where(np.isfinite(after), after, 0).astype(np.float64) / SCALE
            length += float(np.sum(fine**2))
            away += float(np.sum((np.where(np.isfinite(before), before, 0) - fine) ** 2))
    facts = recorder.facts
    facts["half_lost"] = int(facts.get("half_lost") or 0) + lost
    facts["half_alive"] = int(facts.get("half_alive") or 0) + alive
    facts.setdefault("half_line", line)
    if length:
        facts["half_error"] = max(float(facts.get("half_error") or 0.0), float(np.sqrt(away / length)))


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Say how often tapes were opened in vain, and whether what was watched and never asked for stood still."""
    kept = session.tapes  # type: ignore[attr-defined]
    for line, times in kept["opened"].items():
        asked = kept["asked_of"].get(line, 0)
        if line is not None and asked and times - asked > int(recorder.facts.get("tapes_in_vain") or 0):
            recorder.facts.update(tapes_in_vain=times - asked, tapes_asked=asked, tapes_line=line)
    unasked = {name: kept["watched"][name] for name in kept["watched"] if name not in kept["asked"]}
    still = [name for name, (variable, before) in unasked.items() if _stands_still(variable, before)]
    recorder.facts.update(unasked=len(unasked), unasked_still=len(still))


def _stands_still(variable: Any, before: Any) -> bool:
    now = tensors.array(tensors.raw_variable(variable))
    return before is not None and now is not None and np.array_equal(now, before, equal_nan=True)
