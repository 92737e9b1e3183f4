"""Runs built by hand, as real ones would be, for the rules about updates."""

from __future__ import annotations

from dataclasses import replace

from trainwhy.diagnoses import (
    gradient_ascent,
    gradients_not_paired,
    gradients_paired_wrong,
    inputs_trained,
    loss_not_averaged,
    optimizer_recreated,
    stale_gradient,
    training_flag_missing,
    updated_once_an_epoch,
    variables_read_before_build,
    wrong_variables,
)
from trainwhy.results import (
    Epoch,
    Failure,
    Gradient,
    GradientCall,
    GradientCheck,
    Optimizer,
    Pair,
    Run,
    Source,
    Update,
    Variable,
)

NAMES = ("one/kernel", "one/bias", "two/kernel", "two/bias")
SHAPES = ((8, 8), (8,), (8, 8), (8,))
NAN = float("nan")
EXPLODED = Failure("ValueError", "No gradients provided for any variable.", line=9)


def variable(name, shape, *, moved=True, trainable=True, first=1.0, reference=1.0, update=1.0):
    return Variable(
        name, shape, trainable, moved, 0.1, first_cosine=first, reference_cosine=reference, update_cosine=update
    )


def variables(**changes):
    return tuple(variable(name, shape, **changes) for name, shape in zip(NAMES, SHAPES, strict=True))


def epochs(*losses, reported=None, moved=4):
    told = reported or losses
    rows = zip(losses, told, strict=True)
    return tuple(Epoch(i + 1, loss, {}, moved, 4, 1.0, said) for i, (loss, said) in enumerate(rows))


def asked(names=NAMES, *, shape=(), serial=0, in_graph=False, trainable=True):
    sources = tuple(Source("variable", name, trainable=trainable) for name in names)
    gradients = tuple(Gradient(present=True, norm=1.0, finite=True, tensor=name) for name in names)
    return GradientCall(
        serial, 0, 8, in_graph, "loss", "tensor", shape, "float32", sources, gradients, names, tape_line=6
    )


def applied(
    pairs=None, *, error="", argument="pairs", method="apply_gradients", in_graph=False, step=0, optimizer="sgd"
):
    pairs = tuple(Pair(name, name, 0, present=True) for name in NAMES) if pairs is None else pairs
    return Update(0, step, 9, method, optimizer, in_graph, pairs, argument, error)


GIVEN = Optimizer("sgd", "SGD", given=True, created_step=None, created_line=None, iterations=40, learning_rate=0.05)
CHECK = GradientCheck(norm_ratio=1.0, cosine=1.0, batch_size=32, loss=8.0, reported=8.0)
HEALTHY = Run(
    seed=0,
    start_loss=8.0,
    epochs=epochs(4.0, 2.0, 1.0, 0.5, 0.2),
    steps=40,
    batch_size=32,
    batches_per_epoch=8,
    variables=variables(),
    optimizers=(replace(GIVEN, updates=40),),
    gradient_calls=(asked(),),
    gradient_call_count=40,
    updates=(applied(),),
    update_count=40,
    check=CHECK,
)
RISING = epochs(10.0, 20.0, 40.0, 80.0, 160.0)


RULES = (
    gradient_ascent,
    gradients_not_paired,
    gradients_paired_wrong,
    inputs_trained,
    loss_not_averaged,
    optimizer_recreated,
    stale_gradient,
    training_flag_missing,
    updated_once_an_epoch,
    variables_read_before_build,
    wrong_variables,
)


def found(run):
    return [module.DIAGNOSIS.code for module in RULES if module.match(run) is not None]


def numbers(match):
    return [evidence.value for evidence in match.evidence]


def made(number, step, *, updates=1, line=8):
    return Optimizer(f"adam#{number}", "Adam", False, step, line, updates, 0.01, updates)


# One run for each mistake.
CROSSED = (
    Pair("one/kernel", "two/kernel", 0, present=True),
    Pair("one/bias", "one/bias", 0, present=True),
    Pair("two/kernel", "one/kernel", 0, present=True),
    Pair("two/bias", "two/bias", 0, present=True),
)
UNMOVED = replace(HEALTHY, variables=variables(moved=False, first=None, update=None), epochs=epochs(8.0, 8.0))
UNBUILT = replace(UNMOVED, built_at_start=False, start_loss=None, gradient_calls=(asked(()),), updates=())
UPHILL = replace(HEALTHY, variables=variables(first=-1.0, update=-1.0), epochs=RISING)
REMADE = replace(HEALTHY, optimizers=(replace(GIVEN, iterations=0), *(made(n, n) for n in range(8))))
STALE = replace(HEALTHY, gradient_call_count=1, repeated_updates=39, epochs=RISING)
ONCE = replace(HEALTHY, update_count=5, dropped_gradients=35)
