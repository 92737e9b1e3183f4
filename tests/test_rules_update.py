"""Direction, size, age and number of updates: TW113 and later, on runs made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runs import (
    CHECK,
    EXPLODED,
    GIVEN,
    HEALTHY,
    NAMES,
    NAN,
    ONCE,
    REMADE,
    RISING,
    STALE,
    UNMOVED,
    UPHILL,
    applied,
    asked,
    epochs,
    made,
    numbers,
    variables,
)
from trainwhy.diagnoses import (
    gradient_ascent,
    inputs_trained,
    loss_not_averaged,
    optimizer_recreated,
    stale_gradient,
    training_flag_missing,
    updated_once_an_epoch,
)
from trainwhy.results import (
    Failure,
    Mode,
    Op,
    Pair,
    Run,
)

# ------------------------------------------------------------------------------------------------- TW113


@pytest.mark.parametrize(
    "changes",
    [
        {"first": -1.0, "update": -1.0},  # a flipped update
        {"first": 1.0, "reference": -1.0, "update": -1.0},  # a flipped loss
        {"first": None, "reference": None, "update": -1.0},  # inside a traced function
        {"first": -0.8, "update": -0.8},  # Adam's signs
        {"first": -1.0, "reference": None, "update": None},  # the task's own gradient could not be computed
    ],
)
@pytest.mark.parametrize("rows", [RISING, epochs(NAN, NAN), epochs(8.0, 8.0), ()])
def test_ascent_is_named_in_both_forms(changes, rows):
    match = gradient_ascent.match(replace(HEALTHY, variables=variables(**changes), epochs=rows))
    assert match is not None
    assert match.title == "the weights are moved along the gradient, not against it"
    expected = changes["first"] if changes["update"] is None else changes["update"]
    assert numbers(match)[0] == expected


def test_a_reported_loss_that_falls_while_the_real_one_rises_is_said():
    rows = epochs(10.0, 20.0, 40.0, reported=(-9.0, -18.0, -35.0))
    match = gradient_ascent.match(replace(UPHILL, epochs=rows))
    assert match is not None
    assert match.title == "the reported loss falls while the real one rises"
    assert numbers(match) == [-1.0, 40.0, -9.0, -35.0]


def test_one_variable_that_goes_downhill_makes_it_no_ascent():
    mixed = (*variables(first=-1.0, update=-1.0)[:3], variables()[3])
    assert gradient_ascent.match(replace(UPHILL, variables=mixed)) is None


def test_a_loss_with_a_part_that_points_the_other_way_for_a_while_is_no_ascent():
    other = variables(first=1.0, reference=-1.0, update=-1.0)
    rows = epochs(10.0, 9.5, 21.0, 17.0, 11.0)
    assert gradient_ascent.match(replace(UPHILL, variables=other, epochs=rows)) is None
    assert gradient_ascent.match(replace(UPHILL, epochs=rows)) is not None, "a step against the own gradient is one"


def test_data_that_changed_say_nothing_about_the_direction():
    assert gradient_ascent.match(replace(UPHILL, inputs_changed=("y",))) is None


def test_crossed_pairs_are_no_ascent():
    crossed = applied((Pair("one/kernel", "two/kernel", 0, present=True), *applied().pairs[1:]))
    assert gradient_ascent.match(replace(UPHILL, updates=(crossed,))) is None


# ------------------------------------------------------------------------------------------------- TW114


@pytest.mark.parametrize(
    ("optimizers", "title", "longest"),
    [
        (tuple(made(n, n) for n in range(8)), "a new `Adam` is made at every step", 1),
        (tuple(made(n, 8 * n, updates=8) for n in range(5)), "a new `Adam` is made every 8 steps", 8),
    ],
)
def test_an_optimizer_made_again_is_found(optimizers, title, longest):
    match = optimizer_recreated.match(replace(REMADE, optimizers=optimizers))
    assert match is not None
    assert match.title == title
    assert numbers(match) == [longest, len(optimizers)]
    assert match.evidence[0].limit == 40


def test_optimizers_from_one_line_for_different_weights_are_no_repetition():
    made_for = tuple(replace(made(n, 8 * n, updates=8), variables=(2 * n, 2 * n + 1)) for n in range(5))
    assert optimizer_recreated.match(replace(REMADE, optimizers=made_for)) is None
    again = tuple(replace(one, variables=(0, 1)) for one in made_for)
    assert optimizer_recreated.match(replace(REMADE, optimizers=again)) is not None


def test_the_error_of_a_traced_step_that_makes_an_optimizer_is_understood():
    optimizer = replace(made(0, 0), name="adam", iterations=None)
    update = applied(in_graph=True, optimizer="adam")
    calls = (asked(in_graph=True), asked(in_graph=True, serial=1))
    run = replace(
        UNMOVED, error=EXPLODED, epochs=(), optimizers=(GIVEN, optimizer), updates=(update,), update_count=1,
        gradient_calls=calls, gradient_call_count=2, steps=0,
    )  # fmt: skip
    match = optimizer_recreated.match(run)
    assert match is not None
    assert match.title == "`Adam` is made inside the traced step"
    assert optimizer_recreated.match(replace(run, error=None)) is None
    assert optimizer_recreated.match(replace(run, error=Failure("NameError", "name 'losss' is not defined"))) is None
    assert optimizer_recreated.match(replace(run, steps=3)) is None
    assert optimizer_recreated.match(replace(run, updates=(replace(update, optimizer="sgd"),))) is None


def test_the_measure_of_an_optimizer_is_its_age():
    repaired = replace(REMADE, optimizers=(made(0, 0, updates=40),))
    assert optimizer_recreated.measure(REMADE) == 1
    assert optimizer_recreated.recovered(REMADE, repaired)
    assert not optimizer_recreated.recovered(REMADE, REMADE)
    assert not optimizer_recreated.recovered(REMADE, replace(repaired, optimizers=(made(0, 0, updates=8),)))


# ------------------------------------------------------------------------------------------------- TW117


@pytest.mark.parametrize("shape", [(), (32, 1)])
@pytest.mark.parametrize("rows", [HEALTHY.epochs, RISING])
def test_a_summed_loss_is_found(shape, rows):
    run = replace(HEALTHY, epochs=rows, check=replace(CHECK, norm_ratio=32.0), gradient_calls=(asked(shape=shape),))
    match = loss_not_averaged.match(run)
    assert match is not None
    assert numbers(match)[0] == 32.0
    assert ("one number per row" in match.title) == bool(shape)


def test_a_summed_loss_is_found_inside_a_traced_function():
    summed = replace(CHECK, norm_ratio=31.99, cosine=NAN)
    assert loss_not_averaged.match(replace(HEALTHY, check=summed)) is not None
    astray = replace(HEALTHY, check=summed, variables=variables(update=0.2))
    assert loss_not_averaged.match(astray) is None
    assert loss_not_averaged.match(replace(HEALTHY, check=summed, variables=())) is None


def test_a_longer_gradient_in_another_direction_is_no_sum():
    other = replace(CHECK, norm_ratio=32.0, cosine=0.5)
    assert loss_not_averaged.match(replace(HEALTHY, check=other)) is None


def test_a_sum_applied_by_hand_counts_when_the_loss_does_not_fall():
    run = replace(HEALTHY, check=replace(CHECK, norm_ratio=32.0), updates=(), update_count=0)
    assert loss_not_averaged.match(run) is None
    assert loss_not_averaged.match(replace(run, epochs=epochs(NAN, NAN))) is not None


def test_the_measure_of_averaging_is_the_length_of_the_gradient():
    baseline = replace(HEALTHY, check=replace(CHECK, norm_ratio=32.0))
    assert loss_not_averaged.recovered(baseline, HEALTHY)
    assert not loss_not_averaged.recovered(baseline, baseline)
    assert not loss_not_averaged.recovered(baseline, Run(0))


# ------------------------------------------------------------------------------------------------- TW123


def test_layers_that_never_trained_are_found():
    modes = (Mode("norm", "BatchNormalization", 1, 0, 6), Mode("dropout", "Dropout", 1, 0, 6))
    run = replace(HEALTHY, modes=modes)
    match = training_flag_missing.match(run)
    assert match is not None
    assert match.title == "`BatchNormalization` and `Dropout` ran in inference mode under the tape"
    assert (match.evidence[0].value, match.evidence[0].limit) == (0, 2)
    trained = replace(run, modes=tuple(replace(mode, trained_calls=1) for mode in modes))
    assert training_flag_missing.recovered(run, trained)
    assert not training_flag_missing.recovered(run, run)


# ------------------------------------------------------------------------------------------------- TW134, TW137, TW138


def test_one_gradient_applied_for_ever_is_found():
    match = stale_gradient.match(STALE)
    assert match is not None
    assert numbers(match) == [39, 1]
    assert stale_gradient.match(replace(STALE, repeated_updates=20)) is None


def test_one_gradient_written_by_hand_for_ever_is_found():
    name = NAMES[0]
    write = Op("AssignSubVariableOp", (name,), (), "", (), 9, recording=False, variable=name)
    by_hand = replace(STALE, repeated_updates=0, updates=(), update_count=0, ops=(write,))
    match = stale_gradient.match(by_hand)
    assert match is not None
    assert (match.evidence[0].value, match.evidence[0].limit) == (1, 5)
    assert stale_gradient.match(replace(by_hand, gradient_call_count=5)) is None
    assert stale_gradient.match(replace(by_hand, epochs=epochs(7.0, 7.0, moved=0))) is None
    assert stale_gradient.match(replace(by_hand, ops=())) is None, "a gradient that was printed and not used"
    assert stale_gradient.match(replace(by_hand, gradient_calls=(asked(in_graph=True),))) is None


def test_an_update_behind_the_loop_is_found():
    match = updated_once_an_epoch.match(ONCE)
    assert match is not None
    assert numbers(match) == [5, 35]
    assert updated_once_an_epoch.match(replace(ONCE, update_count=1, dropped_gradients=39)) is not None


def test_the_measure_of_updating_is_the_optimizers_count():
    once = replace(ONCE, optimizers=(replace(GIVEN, iterations=5),))
    assert updated_once_an_epoch.recovered(once, HEALTHY)
    assert not updated_once_an_epoch.recovered(once, once)
    assert not updated_once_an_epoch.recovered(HEALTHY, HEALTHY)
    assert not updated_once_an_epoch.recovered(once, Run(0))


def test_fewer_updates_for_another_reason_are_not_called_that():
    assert updated_once_an_epoch.match(replace(ONCE, update_count=10, dropped_gradients=30)) is None
    assert updated_once_an_epoch.match(replace(ONCE, batches_per_epoch=1)) is None
    assert updated_once_an_epoch.match(replace(ONCE, updates=())) is None


def test_data_that_the_step_changes_are_found():
    run = replace(HEALTHY, inputs_changed=("x", "y"))
    match = inputs_trained.match(run)
    assert match is not None
    assert match.title == "the step writes into the training data `x` and `y`"
    assert numbers(match) == [2, 4]
    assert inputs_trained.recovered(run, HEALTHY)
    assert not inputs_trained.recovered(run, run)
    assert not inputs_trained.recovered(HEALTHY, HEALTHY)
