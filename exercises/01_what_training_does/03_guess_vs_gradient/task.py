"""A cake with 2, 10 or 100 ingredients: guessing, keeping what is better, and following the gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Array, Experiment, Facts
from trainwhy.results import Row, Table, Value

KNOBS = {"two": 2, "ten": 10, "hundred": 100}
METHODS = ("guess", "keep", "gradient")
COOKS = 100  # each method is tried by this many cooks at once and the average counts, so luck evens out
TRIES = 150
STEPS = 30
TIE = 0.01  # methods that differ by less than this share of the first error count as equally good


def error(recipes: Array, best: Array) -> Array:
    """Squared distance of each cook's recipe to the best one."""
    return np.sum(np.square(recipes - best), axis=1)


def guess(rng: np.random.Generator, best: Array) -> Array:
    """A fresh recipe every time; the best one ever tasted counts."""
    found = error(np.zeros_like(best), best)
    for _ in range(TRIES):
        found = np.minimum(found, error(rng.uniform(-2, 2, best.shape), best))
    return found


def keep(rng: np.random.Generator, best: Array) -> Array:
    """Change the recipe a little at random; keep the change when the cake is better."""
    recipe = np.zeros_like(best)
    for _ in range(TRIES):
        changed = recipe + rng.normal(scale=0.2, size=best.shape)
        better = error(changed, best) < error(recipe, best)
        recipe = np.where(better[:, None], changed, recipe)
    return error(recipe, best)


def gradient(best: Array) -> tuple[Array, int]:
    """Ask TensorFlow which way is down and go a small way there; also the step at which 99 % of the error is gone."""
    recipe = tf.Variable(np.zeros_like(best))
    first, needed = error(recipe.numpy(), best).mean(), STEPS
    for step in range(1, STEPS + 1):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(recipe - best))
        recipe.assign_sub(0.1 * tape.gradient(loss, recipe))
        if error(recipe.numpy(), best).mean() < first / 100:
            needed = min(needed, step)
    return error(recipe.numpy(), best), needed


def steeper(rng: np.random.Generator, best: Array) -> float:
    """How many times steeper straight down is than a random direction: one over the mean size of their cosine."""
    random = rng.normal(size=(1000, best.shape[1]))
    random /= np.linalg.norm(random, axis=1, keepdims=True)
    straight = best[0] / np.linalg.norm(best[0])
    return float(1 / np.mean(np.abs(random @ straight)))


def bake(seed: int, knobs: int) -> dict[str, float]:
    """The three methods on the same cakes: the share of the first error that each leaves, and four quantities."""
    rng = np.random.default_rng([seed, knobs])
    best = rng.uniform(-1.5, 1.5, (COOKS, knobs))
    first = error(np.zeros_like(best), best).mean()
    left, steps = gradient(best)
    return {
        "guess": float(guess(rng, best).mean() / first),
        "keep": float(keep(rng, best).mean() / first),
        "gradient": float(left.mean() / first),
        "aim": steeper(rng, best),
        "tries": TRIES / knobs,
        "steps": float(steps),
        "distance": float(np.sqrt(first / knobs)),
    }


def measure(seed: int) -> Facts:
    """Bake with 2, 10 and 100 ingredients."""
    seen = {name: bake(seed, knobs) for name, knobs in KNOBS.items()}
    values: dict[str, Value] = {f"{key}_{name}": value for name, cake in seen.items() for key, value in cake.items()}
    return Facts((errors(seen), quantities(seen)), values)


def errors(seen: Mapping[str, Mapping[str, float]]) -> Table:
    """How much of the error each method leaves."""
    rows = [
        Row((str(KNOBS[name]), *(f"{100 * cake[method]:.3g} %" for method in METHODS))) for name, cake in seen.items()
    ]
    title = f"Error left after {TRIES} tries (guess, keep) or {STEPS} steps (gradient)"
    return Table(title, ("knobs", *METHODS), tuple(rows))


QUANTITIES = {
    "aim": "downhill is steeper than a random way by",
    "tries": "tries for each knob",
    "steps": "gradient steps to remove 99 % of the error",
    "distance": "way to go for each knob",
}


def quantities(seen: Mapping[str, Mapping[str, float]]) -> Table:
    """What might explain it, for each number of knobs."""
    rows = [Row((words, *(f"{cake[name]:.3g}" for cake in seen.values()))) for name, words in QUANTITIES.items()]
    return Table("What grew?", ("quantity", *(f"{knobs} knobs" for knobs in KNOBS.values())), tuple(rows))


def number(values: Mapping[str, Value], name: str) -> float:
    """A measured number."""
    return float(values[name] or 0)


def order(values: Mapping[str, Value], name: str) -> list[str]:
    """The methods for this many knobs, the one that leaves least error first."""
    return sorted(METHODS, key=lambda method: number(values, f"{method}_{name}"))


def right(values: Mapping[str, Value]) -> dict[str, Any]:
    """Three orders, and the quantity that grew most from 2 knobs to 100."""
    grew = max(QUANTITIES, key=lambda name: number(values, f"{name}_hundred") / number(values, f"{name}_two"))
    return {**{name: order(values, name) for name in KNOBS}, "grew": grew}


def in_order(given: Any, values: Mapping[str, Value], name: str) -> bool:
    """Every method once, best first; methods that are equally good may stand either way round."""
    if not isinstance(given, (list, tuple)) or sorted(map(str, given)) != sorted(METHODS):
        return False
    left = [number(values, f"{method}_{name}") for method in given]
    return all(better <= worse + TIE for i, better in enumerate(left) for worse in left[i + 1 :])


def describe(name: str, given: Any, values: Mapping[str, Value]) -> str:
    """The pair that stands the wrong way round, with both numbers."""
    if name not in KNOBS:
        return "choose one of the four words above the question"
    if not isinstance(given, (list, tuple)) or sorted(map(str, given)) != sorted(METHODS):
        return "name each of the three methods once, the best first"
    for i, first in enumerate(given):
        for second in given[i + 1 :]:
            a, b = number(values, f"{first}_{name}"), number(values, f"{second}_{name}")
            if a > b + TIE:
                left = f"`{second}` leaves {100 * b:.3g} % of the error, `{first}` {100 * a:.3g} %"
                return f"with {KNOBS[name]} knobs {left}"
    return ""


TASK = Experiment(
    measure=measure,
    right=right,
    accept={
        "two": lambda given, values: in_order(given, values, "two"),
        "ten": lambda given, values: in_order(given, values, "ten"),
        "hundred": lambda given, values: in_order(given, values, "hundred"),
    },
    describe=describe,
)
