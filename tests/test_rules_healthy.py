"""The rules about updates are silent where training is healthy, and name each mistake alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runs import (
    CHECK,
    CROSSED,
    EXPLODED,
    GIVEN,
    HEALTHY,
    NAMES,
    ONCE,
    REMADE,
    RULES,
    STALE,
    UNBUILT,
    UNMOVED,
    UPHILL,
    applied,
    asked,
    epochs,
    found,
    variable,
    variables,
)
from trainwhy.results import (
    Mode,
    Pair,
)


def healthy_runs():
    by_hand = replace(HEALTHY, updates=(), update_count=0, optimizers=(replace(GIVEN, iterations=0),))
    recomputed = applied(tuple(Pair(name, None, None, present=True) for name in NAMES))
    own = replace(GIVEN, name="adam", kind="Adam", given=False, created_step=0, created_line=4, updates=40)
    yield "plain", HEALTHY
    yield "updates by hand", by_hand
    yield "adam", replace(HEALTHY, variables=variables(first=0.8, update=0.8), optimizers=(own,))
    yield "clipped", replace(HEALTHY, updates=(recomputed,), dropped_gradients=40)
    yield (
        "frozen backbone",
        replace(HEALTHY, variables=(*variables()[:2], *variables(moved=False, trainable=False)[2:])),
    )
    yield "negative loss", replace(HEALTHY, start_loss=-1.0, epochs=epochs(-2.0, -3.0, -4.0, -5.0, -6.0))
    yield (
        "adversary whose first step was uphill",
        replace(HEALTHY, variables=variables(first=1.0, reference=-1.0, update=-1.0)),
    )
    yield "weighted loss", replace(HEALTHY, check=replace(CHECK, norm_ratio=10.0))
    yield (
        "sum, divided before the update",
        replace(HEALTHY, check=replace(CHECK, norm_ratio=32.0), updates=(recomputed,)),
    )
    yield "one row a batch", replace(HEALTHY, check=replace(CHECK, batch_size=1))
    yield "twice the loss, two rows", replace(HEALTHY, check=replace(CHECK, batch_size=2, norm_ratio=2.0))
    yield (
        "two optimizers in turns",
        replace(HEALTHY, optimizers=(replace(own, updates=20), replace(own, name="adam#1", updates=20))),
    )
    yield (
        "two optimizers in turns for one epoch",
        replace(
            HEALTHY,
            optimizers=(replace(own, updates=4), replace(own, name="adam#1", updates=4)),
            epochs=epochs(4.0),
            steps=8,
            update_count=8,
            gradient_call_count=8,
        ),
    )
    yield (
        "a new phase, a new optimizer",
        replace(
            HEALTHY, optimizers=(replace(own, updates=20), replace(own, name="adam#1", created_step=20, updates=20))
        ),
    )
    yield "made once, in the first step", replace(HEALTHY, optimizers=(replace(own, updates=40),))
    yield (
        "rates tried on copies, an epoch each",
        replace(
            HEALTHY,
            optimizers=tuple(
                replace(own, name=f"adam#{n}", created_step=8 * n, updates=8, learning_rate=10.0**-n) for n in (1, 2, 3)
            ),
        ),
    )
    yield (
        "sum, with a rate so much smaller",
        replace(HEALTHY, check=replace(CHECK, norm_ratio=32.0, step_ratio=1.0)),
    )
    yield (
        "sum, built in the first step",
        replace(HEALTHY, built_at_start=False, start_loss=None, check=replace(CHECK, norm_ratio=32.0)),
    )
    yield (
        "gradients of a copy for the original",
        replace(HEALTHY, updates=(applied(tuple(Pair(n, f"copy/{n}", 0, present=True) for n in NAMES)),)),
    )
    yield (
        "batches measured, all rows applied",
        replace(HEALTHY, gradient_call_count=45, update_count=5, dropped_gradients=40),
    )
    yield "accumulation", replace(HEALTHY, updates=(recomputed,), update_count=5, dropped_gradients=40)
    yield "a second gradient a step, not applied", replace(HEALTHY, gradient_call_count=80, dropped_gradients=40)
    yield "evaluation only without the flag", replace(HEALTHY, modes=(Mode("dropout", "Dropout", 40, 40),))
    yield "never called under a tape", replace(HEALTHY, modes=(Mode("dropout", "Dropout", 0, 0, 12),))
    yield (
        "a part kept in inference mode",
        replace(HEALTHY, modes=(Mode("base_norm", "BatchNormalization", 2, 0, 6), Mode("dropout", "Dropout", 2, 2))),
    )
    yield (
        "frozen normalization",
        replace(
            HEALTHY,
            modes=(Mode("norm", "BatchNormalization", 2, 0, 6),),
            variables=(*variables(), variable("model/norm/gamma", (3,), moved=False, trainable=False)),
        ),
    )
    yield (
        "read again in the second step",
        replace(HEALTHY, built_at_start=False, start_loss=None, gradient_calls=(asked(()), asked())),
    )
    yield (
        "one tensor for two variables",
        replace(HEALTHY, updates=(applied((Pair("one/kernel", "two/kernel", 0, present=True), *applied().pairs[1:])),)),
    )
    yield (
        "another model trained beside it",
        replace(HEALTHY, updates=(applied((Pair("critic/kernel", "critic/kernel", 0, present=True),)), applied())),
    )
    yield "noise too small to notice", replace(HEALTHY, epochs=epochs(7.9, 8.05, 7.9, 8.1, 7.8))
    yield "raised elsewhere", replace(HEALTHY, error=EXPLODED)


@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in healthy_runs()])
def test_healthy_training_is_met_with_silence(run):
    assert found(run) == []


# ------------------------------------------------------------------------------------------------- what is said


def broken_runs():
    modes = (Mode("norm", "BatchNormalization", 1, 0, 6),)
    yield "TW109", replace(UNMOVED, error=EXPLODED, gradient_calls=(asked(("other/kernel",)),), updates=())
    yield "TW110", UNBUILT
    yield "TW111", replace(HEALTHY, variables=variables(first=0.1), updates=(applied(CROSSED),))
    yield "TW112", replace(HEALTHY, updates=(applied((), error="TypeError", argument="other"),))
    yield "TW113", UPHILL
    yield "TW114", REMADE
    yield "TW117", replace(HEALTHY, check=replace(CHECK, norm_ratio=32.0))
    yield "TW123", replace(HEALTHY, modes=modes)
    yield "TW134", STALE
    yield "TW137", ONCE
    yield "TW138", replace(HEALTHY, inputs_changed=("x",))


@pytest.mark.parametrize(("code", "run"), list(broken_runs()), ids=[code for code, _ in broken_runs()])
def test_each_mistake_is_named_alone_and_in_the_house_style(code, run):
    assert found(run) == [code]
    match = next(m for module in RULES if (m := module.match(run)) is not None)
    assert len(match.title) <= 80
    assert not match.title.endswith(".")
    assert any(isinstance(e.value, (int, float)) and e.limit is not None for e in match.evidence)
