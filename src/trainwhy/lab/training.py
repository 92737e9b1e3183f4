"""The seeded loop around the learner's entry function."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import failures, graph_mode, loading, observing, tensors, variants
from trainwhy.lab.observing import EpochMeter
from trainwhy.lab.recorder import Recorder
from trainwhy.lab.session import Session
from trainwhy.lab.task import Data, Training, batches
from trainwhy.results import Begun, EpochEnded, Event, Failure, Measured, Observed, Request, Returned

Emit = Callable[[Event], None]


def train(request: Request, task: Training, emit: Emit, keep: Callable[[Any], None] | None = None) -> None:
    """Run the learner's file on the task and say what was observed; its exceptions become part of the run.

    `keep` is handed the trained model; the verifier asks for it when it trains the reference solution.
    """
    keras.utils.set_random_seed(request.seed)
    data = variants.rows(task, request.seed, varied=request.varied)
    path = loading.write_copy(request)
    session, recorder = Session(request, task, path), Recorder()
    session.model = task.model() if task.model else None
    session.optimizer = task.optimizer() if task.optimizer else None
    meter = EpochMeter(session, recorder, data)
    feed = Feed(session, recorder, meter, data, emit)
    feed.quiet = keep is not None
    observing.install(session, recorder)
    graph_mode.refuse(session)
    emit(Begun())
    try:
        _run(session, recorder, feed)
    except loading.Unusable as unusable:
        recorder.error = unusable.failure
    except BaseException as error:  # an exit, an interrupt or an exception: the learner's
        recorder.error = failures.describe(error, path)
        if not session.left_raising and failures.is_elsewhere(error, recorder.error):
            raise
    recorder.error = recorder.error or recorder.nothing_returned
    if request.artifact:
        with contextlib.suppress(Exception):  # a model of the learner's may refuse its weights: then there are none
            save_weights(session.model, os.path.join(request.artifact, f"{request.seed}.npz"))  # noqa: PTH118 - a plain string
    run = observing.finish(session, recorder, loop=feed.loop, batches=len(feed), start_loss=meter.start_loss)
    if keep is not None:
        keep(session.model)
    emit(Observed(run))
    if task.check is not None and run.error is None:
        emit(Measured(goals=tuple(task.check(run))))


def _run(session: Session, recorder: Recorder, feed: Feed) -> None:
    with session.learner_in_control():
        module = loading.run_file(session.path, session.request.source)
    entry = loading.entry_of(module, session.request.entry)
    if "data" in entry.arguments:
        feed.loop = "loop"
        _own_loop(session, recorder, entry, feed)
    elif session.model is None:
        feed.loop = "fit"
        _fit(session, entry, feed)
    else:
        _steps(session, recorder, entry, feed)


def _steps(session: Session, recorder: Recorder, entry: loading.Entry, feed: Feed) -> None:
    for _ in range(session.request.epochs):
        for _ in feed:
            call = [feed.value(name) for name in entry.arguments]
            with session.learner_in_control():
                value = entry.function(*call)
            _note_returned(recorder, value, entry)


def _own_loop(session: Session, recorder: Recorder, entry: loading.Entry, feed: Feed) -> None:
    call = [feed.value(name) for name in entry.arguments]
    with session.learner_in_control():
        value = entry.function(*call)
    recorder.returned = _returned(value)


def _fit(session: Session, entry: loading.Entry, feed: Feed) -> None:
    """The learner's function builds, compiles and fits a model of its own, and returns it."""
    session.wrap(keras.Model, "fit", feed.around_fit)
    session.wrap(keras.callbacks.CallbackList, "on_train_batch_end", feed.after_fit_batch)
    session.wrap(keras.callbacks.CallbackList, "on_epoch_end", feed.after_fit_epoch)
    call = [feed.value(name) for name in entry.arguments]
    with session.learner_in_control():
        value = entry.function(*call)
    if not isinstance(value, keras.Model):
        raise loading.Unusable(_no_model(entry, value))
    session.model = value


def _no_model(entry: loading.Entry, value: Any) -> Failure:
    name = getattr(entry.function, "__name__", "the function")
    return Failure(
        type="NothingReturned" if value is None else "WrongReturn",
        message=f"`{name}` returned {_said(value)}; the trained model was expected",
        hint="end the function with `return model`",
    )


def _said(value: Any) -> str:
    kind = _returned(value).kind
    return "`None`" if value is None else f"{'an' if kind[:1] in 'aeiouAEIOU' else 'a'} `{kind}`"


def _note_returned(recorder: Recorder, value: Any, entry: loading.Entry) -> None:
    if recorder.returned is None:
        recorder.returned = _returned(value)
        if value is None:
            recorder.nothing_returned = _nothing_returned(entry)
    number = _number(value)
    if number is not None:
        recorder.reported.append(number)
        if recorder.first_reported is None:
            recorder.first_reported = number


def _nothing_returned(entry: loading.Entry) -> Failure:
    python = getattr(entry.function, "python_function", entry.function)
    code = getattr(python, "__code__", None)
    return Failure(
        type="NothingReturned",
        message=f"`{getattr(python, '__name__', 'train_step')}` returned `None`; the loss of the batch was expected",
        line=getattr(code, "co_firstlineno", None),
        hint="end the function with `return loss`",
    )


def _returned(value: Any) -> Returned:
    if isinstance(value, tf.Tensor):
        return Returned("tensor", tensors.shape(value))
    if isinstance(value, keras.Model):
        return Returned("model")
    return Returned("none" if value is None else type(value).__name__, tensors.shape(value))


def _number(value: Any) -> float | None:
    first = value[0] if isinstance(value, (tuple, list)) and value else value
    try:
        return float(np.mean(np.asarray(first, dtype=np.float64)))
    except Exception:  # whatever an object does when it is read as a number: it is none
        return None


def save_weights(model: Any, path: str) -> None:
    """Leave every weight as a float array in an .npz file, in the model's own order."""
    if model is None or not getattr(model, "built", False):
        return
    buffer = io.BytesIO()
    np.savez(buffer, **{f"w{i}": values for i, values in enumerate(model.get_weights())})
    Path(path + ".part").write_bytes(buffer.getvalue())
    os.replace(path + ".part", path)  # noqa: PTH105 - plain strings


class Feed:
    """Hands out batches, in order, and keeps the session's step and epoch; iterating it once is one epoch."""

    def __init__(self, session: Session, recorder: Recorder, meter: EpochMeter, data: Data, emit: Emit) -> None:
        self.session = session
        self.recorder = recorder
        self.meter = meter
        self.data = data
        self.emit = emit
        self.loop = "step"
        self.quiet = False  # nobody reads the rows: the verifier wants the weights only
        pairs = batches(data.x, data.y, session.task.batch_size)
        whole = session.task.hand_over == "tensor"
        self.batches = [(tf.constant(x), tf.constant(y)) if whole else (x, y) for x, y in pairs]

    def __len__(self) -> int:
        return len(self.batches)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        for batch in self.batches:
            self.session.batch = batch
            self.session.begin_step()
            yield batch
            self.session.end_step()
        self._end_epoch()

    def value(self, name: str) -> Any:
        """Return what an argument of the entry function stands for."""
        if name in ("x", "y"):
            if self.session.model is None or self.session.batch is None:
                return getattr(self.data, name)
            return self.session.batch[0 if name == "x" else 1]
        known = {"model": self.session.model, "optimizer": self.session.optimizer, "data": self}
        if name in known:
            return known[name]
        return {"loss_fn": self.session.task.loss, "epochs": self.session.request.epochs, **self.session.task.extra}[
            name
        ]

    def _end_epoch(self) -> None:
        if self.quiet:
            return
        with self.session.harness_in_control():
            self.emit(EpochEnded(self.meter.end_epoch(), self.meter.start_loss))

    # ------------------------------------------------------------------------------------ when Keras owns the loop

    def around_fit(self, original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        """Take the fitted model as the one that is trained, until another is."""
        if self.session.model is not model:
            self.session.model = model
            self.meter.begin(model)
        self.session.begin_step()
        return original(model, *args, **kwargs)

    def after_fit_batch(self, original: Callable[..., Any], callbacks: Any, *args: Any, **kwargs: Any) -> Any:
        """Count a step of `fit`."""
        result = original(callbacks, *args, **kwargs)
        self.session.end_step()
        return result

    def after_fit_epoch(self, original: Callable[..., Any], callbacks: Any, *args: Any, **kwargs: Any) -> Any:
        """Take a row of the table at the end of an epoch of `fit`."""
        result = original(callbacks, *args, **kwargs)
        self._end_epoch()
        return result
