"""Calling one function of a file again and again, with input made for it (`trainwhy check FILE --function NAME`)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.loading import Unusable
from trainwhy.results import Failure, Script

CALLS = 40
ROWS = (32, 8)
STAND_INS = ("model", "optimizer", "loss_fn", "x", "y")


def call(module: ModuleType, script: Script) -> None:
    """Call the function with the shapes that were named, the module's own objects, and stand-ins for the rest."""
    function = getattr(module, script.function, None)
    if not callable(function):
        raise Unusable(_missing(module, script.function))
    arguments = _arguments(module, function, script)
    for _ in range(CALLS):
        function(*arguments)


def _missing(module: ModuleType, name: str) -> Failure:
    found = [key for key, value in vars(module).items() if inspect.isfunction(getattr(value, "python_function", value))]
    listing = ", ".join(f"`{key}`" for key in found) if found else "no function"
    return Failure(
        "MissingFunction",
        f"the file defines no function `{name}`; it defines {listing}",
        hint="name one of them with `--function`",
    )


def _arguments(module: ModuleType, function: Callable[..., Any], script: Script) -> list[Any]:
    made = {name: _array(name, text) for name, _, text in (one.partition("=") for one in script.shapes)}
    random = np.random.default_rng(0)
    given: list[Any] = []
    for name, parameter in inspect.signature(getattr(function, "python_function", function)).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if name not in made and parameter.default is not parameter.empty:
            given.append(parameter.default)
        elif name in made:
            given.append(made[name])
        elif hasattr(module, name):
            given.append(getattr(module, name))
        else:
            given.append(_stand_in(name, made, random))
    return given


def _array(name: str, text: str) -> Any:
    """`x=32x10` is 32 rows of 10 numbers; `y=32:5` is 32 labels below 5."""
    shape, _, classes = text.partition(":")
    try:
        sizes = tuple(int(part) for part in shape.replace(",", "x").split("x") if part)
        below = int(classes) if classes else 0
    except ValueError:
        words = f"`--shape {name}={text}` is no shape"
        raise Unusable(Failure("WrongShape", words, hint="write `x=32x10`, or `y=32:5` for labels below 5")) from None
    random = np.random.default_rng(len(name))
    if below:
        return tf.constant(random.integers(0, below, size=sizes))
    return tf.constant(random.normal(size=sizes).astype("float32"))


def _stand_in(name: str, made: dict[str, Any], random: np.random.Generator) -> Any:
    x = made.get("x", tf.constant(random.normal(size=ROWS).astype("float32")))
    y = made.get("y", tf.reduce_sum(tf.reshape(x, (x.shape[0], -1)), axis=1, keepdims=True))
    if name == "x":
        return x
    if name == "y":
        return y
    if name == "optimizer":
        return keras.optimizers.SGD(0.01)
    if name == "loss_fn":
        return keras.losses.MeanSquaredError()
    if name == "model":
        return keras.Sequential(
            [
                keras.Input(x.shape[1:]),
                keras.layers.Flatten(),
                keras.layers.Dense(16, "relu"),
                keras.layers.Dense(_units(y)),
            ]
        )
    words = f"the argument `{name}` has no shape and nothing to stand in for it"
    raise Unusable(Failure("WrongSignature", words, hint=f"give it one: `--shape {name}=32x10`"))


def _units(y: Any) -> int:
    if y.dtype.is_integer and len(y.shape) == 1:
        return int(tf.reduce_max(y)) + 1
    return int(y.shape[-1]) if len(y.shape) > 1 else 1
