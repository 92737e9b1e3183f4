"""Trainings that go on: after weights were loaded, and after the model was compiled again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts.keeping import Keeper, iterations, remembers, settings
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import ResumeSeen

MOST = 8


class Going:
    """What is known while the script runs."""

    def __init__(self) -> None:
        self.keeper = Keeper()
        self.begun: list[Any] = []  # optimizers that made a step
        self.loads: list[tuple[int, int | None, str]] = []  # (steps begun, line, how)
        self.resumed: list[tuple[int, Any]] = []  # place in the record, optimizer
        self.trained: set[int] = set()  # ids of models that were fitted
        self.touched: set[int] = set()  # ids of variables the script assigned since
        self.compiled: dict[int, int] = {}  # id of a model -> its last compile in the record


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch saving and loading, first updates, and compiles between two trainings."""
    going = Going()
    session.going = going  # type: ignore[attr-defined]  # finish reads it
    watch_keeping(session, going.keeper, lambda how, line: going.loads.append((session.begun, line, how)))

    def apply(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or any(one is optimizer for one in going.begun):
            return original(optimizer, *args, **kwargs)
        going.begun.append(optimizer)
        with session.harness_in_control():
            variables = variables_of(session, optimizer, args, kwargs)
            place = _first_update(session, recorder, going, variables)
        answer = original(optimizer, *args, **kwargs)
        with session.harness_in_control():
            going.keeper.uses(optimizer, variables)
            _describe(recorder, going, place, optimizer)
        return answer

    session.wrap(keras.optimizers.Optimizer, "apply", apply)
    _watch_compiles(session, recorder, going)


def variables_of(session: ScriptSession, optimizer: Any, args: Any, kwargs: Any) -> list[Any]:
    """Return the variables of a call of `apply`."""
    given = args[1] if len(args) > 1 else kwargs.get("trainable_variables")
    return list(given or getattr(optimizer, "_trainable_variables", None) or session.everything.trainable_variables)


def watch_keeping(session: ScriptSession, keeper: Keeper, loaded: Callable[[str, int | None], None]) -> None:
    """Tell the keeper when weights are kept, and `loaded` when they come back."""

    def save(original: Callable[..., Any], owner: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            with session.harness_in_control():
                keeper.keep(session.everything.models, session.line())
        return original(owner, *args, **kwargs)

    def load(how: str) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            if session.running and not session.fitting:
                loaded(how, session.line())
            return original(*args, **kwargs)

        return wrapper

    _watch_names(session, save, load)


def _watch_names(session: ScriptSession, save: Callable[..., Any], load: Callable[[str], Callable[..., Any]]) -> None:
    for owner, name in ((keras.Model, "save"), (keras.Model, "save_weights"), (keras.layers.Layer, "get_weights")):
        session.wrap(owner, name, save)
    for name in ("save", "write"):
        session.wrap(tf.train.Checkpoint, name, save)
    for owner, name in ((keras.Model, "load_weights"), (keras.layers.Layer, "set_weights")):
        session.wrap(owner, name, load(name))
    for name in ("restore", "read"):
        session.wrap(tf.train.Checkpoint, name, load(name))
    for owner in (keras.models, keras.saving, tf.keras.models):
        if hasattr(owner, "load_model"):
            session.wrap(owner, "load_model", load("load_model"))


def _first_update(session: ScriptSession, recorder: ScriptRecorder, going: Going, variables: list[Any]) -> int | None:
    """Note a new optimizer that begins with weights reached before and loaded since the last step."""
    recent = [one for one in going.loads if one[0] >= session.begun - 1]
    kept = going.keeper.same_weights(variables) if recent and len(recorder.resumes) < MOST else None
    if kept is None:
        return None
    _, line, how = recent[-1]
    recorder.resumes.append(
        ResumeSeen(session.step, line, kept.line, how, kept.iterations, 0, kept.settings == "", None)
    )
    going.resumed.append((len(recorder.resumes) - 1, kept))
    return len(recorder.resumes) - 1


def _describe(recorder: ScriptRecorder, going: Going, place: int | None, optimizer: Any) -> None:
    """Fill in what is known once the optimizer has its state: it may have been given an earlier one's."""
    if place is None:
        return
    kept = going.resumed[-1][1]
    done = iterations(optimizer) or 0
    began = max(done - tf.executing_eagerly(), 0)  # in a graph under construction nothing was counted yet
    same = kept.settings == settings(optimizer) and remembers(optimizer)
    recorder.resumes[place] = replace(recorder.resumes[place], iterations=began, same=same)
    going.resumed[-1] = (place, optimizer)


# ------------------------------------------------------------------------------------------- compiles


def _watch_compiles(session: ScriptSession, recorder: ScriptRecorder, going: Going) -> None:
    def compile_(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        before = iterations(getattr(model, "optimizer", None)) if session.running else None
        count = len(recorder.compiles)
        answer = original(model, *args, **kwargs)
        if session.running and len(recorder.compiles) > count:
            with session.harness_in_control():
                recorder.compiles[-1] = replace(
                    recorder.compiles[-1],
                    loop_line=_loop_line(session),
                    settings=settings(model.optimizer),
                    iterations_before=before,
                    iterations=iterations(model.optimizer),
                )
                going.compiled[id(model)] = len(recorder.compiles) - 1
        return answer

    def train(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.fitting <= 1:
            with session.harness_in_control():
                _goes_on(recorder, going, model)
        return original(model, *args, **kwargs)

    def assign(original: Callable[..., Any], variable: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not session.fitting:
            going.touched.add(id(variable))
        return original(variable, *args, **kwargs)

    session.wrap(keras.Model, "compile", compile_)
    session.wrap(keras.Model, "fit", train)
    session.wrap(keras.Model, "train_on_batch", train)
    session.wrap(keras.Variable, "assign", assign)


def _goes_on(recorder: ScriptRecorder, going: Going, model: Any) -> None:
    place = going.compiled.pop(id(model), None)
    own = {id(v) for v in getattr(model, "variables", ())}
    if place is not None and place < len(recorder.compiles):
        again = id(model) in going.trained and not own & going.touched
        recorder.compiles[place] = replace(recorder.compiles[place], again=again)
    if place is not None or id(model) not in going.trained:
        going.touched -= own
    going.trained.add(id(model))


def _loop_line(session: ScriptSession) -> int | None:
    """The user's line, in the innermost of their loops, that led here."""
    turns = session.turns()
    if not turns:
        return None
    frame = turns[-1].frame
    before = session.files.before(frame.f_code.co_filename)
    return None if before is None else frame.f_lineno + before


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Count the steps that each new optimizer made."""
    going: Going = session.going  # type: ignore[attr-defined]
    made = {id(one): line for one, line in getattr(getattr(session, "rates", None), "made", {}).items()}
    for place, optimizer in going.resumed:
        seen = recorder.resumes[place]
        steps = max((iterations(optimizer) or 0) - seen.iterations, 0)
        recorder.resumes[place] = replace(seen, steps=steps, optimizer_line=made.get(id(optimizer)))
