"""Where targets meet predictions: calls of Keras' losses and of TensorFlow's loss functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import LossCall

MOST = 60  # calls kept; of each line the first few
PER_LINE = 4
TRUE = ("y_true", "labels", "target", "targets")
PRED = ("y_pred", "logits", "output", "predictions")
TENSORFLOW = {
    "softmax_cross_entropy_with_logits": "categorical_crossentropy",
    "sparse_softmax_cross_entropy_with_logits": "sparse_categorical_crossentropy",
    "sigmoid_cross_entropy_with_logits": "binary_crossentropy",
    "weighted_cross_entropy_with_logits": "binary_crossentropy",
    "l2_loss": "l2_loss",
}
KINDS = (
    "sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy", "binary_focal_crossentropy",
    "categorical_focal_crossentropy", "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "huber", "log_cosh", "poisson", "kl_divergence", "hinge", "squared_hinge",
    "categorical_hinge", "cosine_similarity", "dice", "tversky", "ctc",
)  # fmt: skip


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: C901 - one wrap after another, each a few lines
    """Watch `Loss.__call__`, the loss functions of `keras.losses`, and those of `tf.nn`."""
    depth = [0]
    counts: dict[Any, int] = {}

    def watched(describe: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            if not session.running or depth[0]:
                value = original(*args, **kwargs)
                if session.running and session.hears_inner_losses:
                    with session.harness_in_control():
                        said = describe(*args, **kwargs)
                        for heard in session.hears_inner_losses:
                            heard(said, value)
                return value
            depth[0] += 1
            try:
                value = original(*args, **kwargs)
            except Exception as error:
                with session.harness_in_control():
                    said = {**describe(*args, **kwargs), "error": type(error).__name__}
                    _note(session, recorder, counts, said, None)
                raise
            finally:
                depth[0] -= 1
            with session.harness_in_control():
                said = describe(*args, **kwargs)
                for heard in session.hears_losses:
                    heard(said, value)
                _note(session, recorder, counts, said, value)
            return value

        return wrapper

    def create(original: Callable[..., Any], loss: Any, *args: Any, **kwargs: Any) -> None:
        original(loss, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                loss._trainwhy_line = session.line()

    session.wrap(keras.losses.Loss, "__init__", create)
    session.wrap(keras.losses.Loss, "__call__", watched(_of_object))
    for name in KINDS:
        function = getattr(keras.losses, name, None)
        if inspect.isfunction(function):
            for owner, attribute in _places(function):
                session.wrap(owner, attribute, watched(_of_function(name, function)))
    for name, kind in TENSORFLOW.items():
        for owner in (tf.nn, tf.compat.v1.nn):
            if hasattr(owner, name):
                session.wrap(owner, name, watched(_of_tensorflow(name, kind)))


def _places(function: Any) -> list[tuple[Any, str]]:
    """A function of Keras is reached under several names."""
    import tensorflow as tf

    found = []
    for owner in (keras.losses, keras.metrics, tf.keras.losses, tf.keras.metrics):
        found += [(owner, key) for key, value in list(vars(owner).items()) if value is function]
    return list({(id(o), k): (o, k) for o, k in found}.values())


def _of_object(
    loss: Any, y_true: Any = None, y_pred: Any = None, sample_weight: Any = None, **_: Any
) -> dict[str, Any]:
    function = getattr(loss, "fn", None)
    settings = getattr(loss, "_fn_kwargs", None) or {}
    name = str(getattr(function, "__name__", "") or "custom")
    return {
        "kind": name if name in KINDS else "custom",
        "owner": type(loss).__name__,
        "from_logits": settings.get("from_logits"),
        "axis": settings.get("axis"),
        "reduction": str(getattr(loss, "reduction", "") or ""),
        "y_true": y_true,
        "y_pred": y_pred,
        "weighted": sample_weight is not None,
        "made_line": getattr(loss, "_trainwhy_line", None),
    }


def _of_function(name: str, function: Any) -> Callable[..., dict[str, Any]]:
    signature = inspect.signature(function)

    def describe(*args: Any, **kwargs: Any) -> dict[str, Any]:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return {
            "kind": name,
            "owner": name,
            "from_logits": given.arguments.get("from_logits"),
            "axis": given.arguments.get("axis"),
            "reduction": "none",
            "y_true": given.arguments.get("y_true"),
            "y_pred": given.arguments.get("y_pred"),
        }

    return describe


def _of_tensorflow(name: str, kind: str) -> Callable[..., dict[str, Any]]:
    def describe(*args: Any, **kwargs: Any) -> dict[str, Any]:
        labels = kwargs.get("labels", args[0] if args else None)
        logits = kwargs.get("logits", args[1] if len(args) > 1 else None)
        return {
            "kind": kind, "owner": f"tf.nn.{name}", "from_logits": True, "axis": kwargs.get("axis"),
            "reduction": "none", "y_true": labels, "y_pred": logits,
        }  # fmt: skip

    return describe


def _note(
    session: ScriptSession, recorder: ScriptRecorder, counts: dict[Any, int], said: dict[str, Any], value: Any
) -> None:
    line = session.line()
    place = (line, said["owner"], session.recording > 0)
    counts[place] = counts.get(place, 0) + 1
    if not said.get("error") and (counts[place] > PER_LINE or len(recorder.losses) >= MOST):
        return
    y_true, y_pred = said.pop("y_true"), said.pop("y_pred")
    axis = said.pop("axis")
    recorder.losses.append(
        LossCall(
            step=session.step,
            line=line,
            axis=axis if isinstance(axis, int) else None,
            y_true=numbers(y_true),
            y_pred=numbers(y_pred),
            value=numbers(value),
            recording=session.recording > 0,
            in_fit=session.fitting > 0,
            in_graph=tensors.is_symbolic(value),
            true_key=tensors.key(y_true),
            pred_key=tensors.key(y_pred),
            value_key=tensors.key(value),
            **said,
        )
    )
