"""The gates where targets meet predictions: losses of Keras and of `tf.nn`, called by the script or by Keras for it.

A repair may change what goes through; whoever listens sees what goes through in the end. A loss of one's own is no
gate, but the losses that it calls are.
"""

from __future__ import annotations

import inspect
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session

BINARY, CATEGORICAL, SPARSE, REGRESSION = "binary", "categorical", "sparse", "regression"
FAMILIES = {
    "binary_crossentropy": BINARY, "binary_focal_crossentropy": BINARY, "categorical_crossentropy": CATEGORICAL,
    "categorical_focal_crossentropy": CATEGORICAL, "sparse_categorical_crossentropy": SPARSE,
    "mean_squared_error": REGRESSION, "mean_absolute_error": REGRESSION, "huber": REGRESSION, "log_cosh": REGRESSION,
}  # fmt: skip
TENSORFLOW = {
    "softmax_cross_entropy_with_logits": "categorical_crossentropy",
    "sparse_softmax_cross_entropy_with_logits": "sparse_categorical_crossentropy",
    "sigmoid_cross_entropy_with_logits": "binary_crossentropy",
}
CLASSES = {"binary_crossentropy": "BinaryCrossentropy", "categorical_crossentropy": "CategoricalCrossentropy"}


@dataclass
class Meeting:
    """One passage through a gate; `y_true`, `y_pred` and `instead` are what a repair may set."""

    loss: str
    family: str
    owner: str
    from_logits: bool
    y_true: Any
    y_pred: Any
    made_line: int | None = None
    weighted: bool = False
    dug: bool = False  # Keras took the logits from behind the activation
    instead: str = ""  # another loss to compute, from logits
    given: Any = None  # y_pred before a repair
    line: int | None = None  # where it was met, when that is not where the gate stands


@dataclass
class Gates:
    """The repairs and listeners of one session."""

    session: Session
    repairs: list[Callable[[Meeting], None]] = field(default_factory=list)
    listeners: list[Callable[[Meeting], None]] = field(default_factory=list)
    on: list[Meeting] = field(default_factory=list)  # being computed; at most one
    made: weakref.WeakKeyDictionary[Any, int | None] = field(default_factory=weakref.WeakKeyDictionary)
    compiled: weakref.WeakKeyDictionary[Any, int | None] = field(default_factory=weakref.WeakKeyDictionary)
    models: list[Any] = field(default_factory=list)  # whose `compute_loss` is on

    def passing(self, meeting: Meeting, compute: Callable[[Meeting], Any]) -> Any:
        """Let one pair of targets and predictions through."""
        meeting.given = meeting.y_pred
        if self.session.recording:
            with self.session.harness_in_control():
                for repair in self.repairs:
                    repair(meeting)
        self.on.append(meeting)
        try:
            value = compute(meeting)
        finally:
            self.on.pop()
        if self.session.recording:
            with self.session.harness_in_control():
                for listener in self.listeners:
                    listener(meeting)
        return value


def install(session: Session) -> Gates:
    """Stand at every gate from now on; a second call returns what the first one made."""
    known: Gates | None = getattr(session, "gates", None)
    if known is not None:
        return known
    gates = Gates(session)
    session.gates = gates  # type: ignore[attr-defined]
    _objects(session, gates)
    for name in FAMILIES:
        function = getattr(keras.losses, name, None)
        if inspect.isfunction(function):
            _functions(session, gates, name, function)
    for name, loss in TENSORFLOW.items():
        for owner in (tf.nn, tf.compat.v1.nn):
            if hasattr(owner, name):
                session.wrap(owner, name, _of_tensorflow(session, gates, name, loss, getattr(tf.nn, name)))
    _watch_digging(session, gates)
    return gates


def _open(session: Session, gates: Gates) -> bool:
    return session.running and not gates.on


# ------------------------------------------------------------------------------------------- objects of Keras


def _objects(session: Session, gates: Gates) -> None:
    def create(original: Callable[..., Any], loss: Any, *args: Any, **kwargs: Any) -> None:
        original(loss, *args, **kwargs)
        if session.running and not gates.models and not getattr(session, "fitting", 0):
            gates.made[loss] = session.line()

    def compile_(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            gates.compiled[model] = session.line()
        return original(model, *args, **kwargs)

    def compute(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        gates.models.append(model)
        try:
            return original(model, *args, **kwargs)
        finally:
            gates.models.pop()

    def call(original: Callable[..., Any], loss: Any, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        name = str(getattr(getattr(loss, "fn", None), "__name__", ""))
        if not _open(session, gates) or name not in FAMILIES:
            return original(loss, y_true, y_pred, sample_weight)
        settings = getattr(loss, "_fn_kwargs", None) or {}
        line = (
            gates.made[loss] if loss in gates.made else gates.compiled.get(gates.models[-1]) if gates.models else None
        )
        meeting = Meeting(
            name, FAMILIES[name], type(loss).__name__, bool(settings.get("from_logits")), y_true, y_pred, line,
            weighted=sample_weight is not None,
        )  # fmt: skip
        return gates.passing(meeting, lambda m: original(_object(loss, m.instead), m.y_true, m.y_pred, sample_weight))

    session.wrap(keras.losses.Loss, "__init__", create)
    session.wrap(keras.losses.Loss, "__call__", call)
    session.wrap(keras.Model, "compile", compile_)
    session.wrap(keras.Model, "compute_loss", compute)


def _object(loss: Any, instead: str) -> Any:
    if not instead:
        return loss
    return getattr(keras.losses, CLASSES[instead])(from_logits=True, reduction=loss.reduction)


# ------------------------------------------------------------------------------------------- functions


def _functions(session: Session, gates: Gates, name: str, function: Callable[..., Any]) -> None:
    signature = inspect.signature(function)

    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not _open(session, gates):
            return original(*args, **kwargs)
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        said = given.arguments

        def compute(meeting: Meeting) -> Any:
            if meeting.instead:
                return getattr(keras.losses, meeting.instead)(meeting.y_true, meeting.y_pred, from_logits=True)
            given.arguments.update(y_true=meeting.y_true, y_pred=meeting.y_pred)
            return original(*given.args, **given.kwargs)

        line = session.line()
        meeting = Meeting(
            name, FAMILIES[name], name, bool(said.get("from_logits")), said["y_true"], said["y_pred"], line
        )
        return gates.passing(meeting, compute)

    for owner in (keras.losses, keras.metrics, tf.keras.losses, tf.keras.metrics):
        for key, value in list(vars(owner).items()):
            if value is function:
                session.wrap(owner, key, wrapper)


def _of_tensorflow(
    session: Session, gates: Gates, name: str, loss: str, function: Callable[..., Any]
) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not _open(session, gates):
            return original(*args, **kwargs)
        named = dict(zip(("labels", "logits"), args[:2], strict=False)) | kwargs
        if "labels" not in named or "logits" not in named:
            return original(*args, **kwargs)

        def compute(meeting: Meeting) -> Any:
            if meeting.instead:
                each = tf.nn.sigmoid_cross_entropy_with_logits(
                    labels=tf.cast(meeting.y_true, meeting.y_pred.dtype), logits=meeting.y_pred
                )
                return tf.reduce_mean(each, axis=-1)
            return original(*args[2:], **(named | {"labels": meeting.y_true, "logits": meeting.y_pred}))

        meeting = Meeting(loss, FAMILIES[loss], f"tf.nn.{name}", True, named["labels"], named["logits"], session.line())
        return gates.passing(meeting, compute)

    del function
    return wrapper


def _watch_digging(session: Session, gates: Gates) -> None:
    """See whether Keras finds the logits behind the activation; what it asks its backend is seen one step before."""
    ops = getattr(sys.modules.get(keras.losses.binary_crossentropy.__module__), "ops", None)
    for name, activation in (
        ("binary_crossentropy", "Sigmoid"), ("categorical_crossentropy", "Softmax"),
        ("sparse_categorical_crossentropy", "Softmax"),
    ):  # fmt: skip
        if not hasattr(ops, name):
            continue

        def asked(
            original: Callable[..., Any], target: Any, output: Any, *args: Any, _a: str = activation, **kwargs: Any
        ) -> Any:
            if gates.on:
                graph_op = getattr(output, "op", None) if not hasattr(output, "numpy") else None
                gates.on[-1].dug = hasattr(output, "_keras_logits") or getattr(graph_op, "type", "") == _a
            return original(target, output, *args, **kwargs)

        session.wrap(ops, name, asked)
