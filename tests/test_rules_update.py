"""The rules about updates, on runs made by hand: each says what it should, and is silent where training is healthy."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
    Mode,
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


def numbers(match):
    return [evidence.value for evidence in match.evidence]


def found(run):
    return [module.DIAGNOSIS.code for module in RULES if module.match(run) is not None]


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
        "a new phase, a new optimizer",
        replace(
            HEALTHY, optimizers=(replace(own, updates=20), replace(own, name="adam#1", created_step=20, updates=20))
        ),
    )
    yield "made once, in the first step", replace(HEALTHY, optimizers=(replace(own, updates=40),))
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


# ------------------------------------------------------------------------------------------------- TW113


UPHILL = replace(HEALTHY, variables=variables(first=-1.0, update=-1.0), epochs=RISING)


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


def test_data_that_changed_say_nothing_about_the_direction():
    assert gradient_ascent.match(replace(UPHILL, inputs_changed=("y",))) is None


def test_crossed_pairs_are_no_ascent():
    crossed = applied((Pair("one/kernel", "two/kernel", 0, present=True), *applied().pairs[1:]))
    assert gradient_ascent.match(replace(UPHILL, updates=(crossed,))) is None


# ------------------------------------------------------------------------------------------------- TW111, TW112


CROSSED = (
    Pair("one/kernel", "two/kernel", 0, present=True),
    Pair("one/bias", "one/bias", 0, present=True),
    Pair("two/kernel", "one/kernel", 0, present=True),
    Pair("two/bias", "two/bias", 0, present=True),
)


@pytest.mark.parametrize("in_graph", [False, True])
def test_crossed_pairs_are_found_by_identity(in_graph):
    cosine = None if in_graph else 0.1
    run = replace(
        HEALTHY, variables=variables(first=cosine, update=0.1), updates=(applied(CROSSED, in_graph=in_graph),)
    )
    match = gradients_paired_wrong.match(run)
    assert match is not None
    assert match.title == "gradients of other variables reach 2 of 4 variables"
    assert numbers(match) == ([2] if in_graph else [2, 0.1])
    assert found(run) == ["TW111"]


def test_crossed_pairs_are_found_before_an_exception_about_shapes():
    run = Run(0, error=EXPLODED, variables=variables(moved=False), updates=(applied(CROSSED, error="ValueError"),))
    still = replace(run, variables=tuple(replace(v, first_cosine=None) for v in run.variables))
    assert found(still) == ["TW111"]


def test_pairs_the_wrong_way_round_are_found():
    swapped = tuple(Pair("EagerTensor", name, None, present=True, variable_kind="tensor") for name in NAMES)
    run = replace(
        HEALTHY,
        error=EXPLODED,
        epochs=(),
        variables=variables(moved=False, first=None, update=None),
        updates=(applied(swapped, error="AttributeError"),),
    )
    match = gradients_paired_wrong.match(run)
    assert match is not None
    assert match.title == "the pairs are (variable, gradient), not (gradient, variable)"
    assert numbers(match) == [4]


@pytest.mark.parametrize("first", [0.05, None])
def test_crossed_tensors_without_a_name_are_found_by_direction(first):
    astray = tuple(replace(v, first_cosine=first, update_cosine=0.05) for v in variables())
    follows = (*astray[:1], *variables()[1:2], *astray[2:3], *variables()[3:])
    if first is None:
        follows = tuple(replace(v, first_cosine=None, reference_cosine=None) for v in follows)
    run = replace(HEALTHY, variables=follows, updates=(), update_count=0, epochs=RISING)
    match = gradients_paired_wrong.match(run)
    assert match is not None
    assert numbers(match) == [0.05, 0.05]
    assert gradients_paired_wrong.match(replace(run, epochs=HEALTHY.epochs)) is None
    assert gradients_paired_wrong.match(replace(run, variables=astray)) is None


def test_the_measure_of_pairing_is_the_variable_that_followed_worst():
    baseline = replace(HEALTHY, variables=(*variables()[:3], variable("two/bias", (8,), update=0.1)))
    assert gradients_paired_wrong.measure(baseline) == 0.1
    assert gradients_paired_wrong.recovered(baseline, HEALTHY)
    assert not gradients_paired_wrong.recovered(baseline, baseline)
    assert not gradients_paired_wrong.recovered(HEALTHY, HEALTHY)
    assert gradients_paired_wrong.recovered(Run(0), HEALTHY)
    assert not gradients_paired_wrong.recovered(Run(0), Run(0))


@pytest.mark.parametrize("argument", ["gradients", "other"])
def test_gradients_without_variables_are_found(argument):
    update = applied((), error="ValueError", argument=argument)
    run = replace(HEALTHY, error=EXPLODED, epochs=(), updates=(update,))
    match = gradients_not_paired.match(run)
    assert match is not None
    assert numbers(match) == [0, "ValueError"]
    assert match.evidence[0].limit == 4
    assert gradients_not_paired.match(replace(run, updates=(replace(update, method="apply"),))) is None
    assert gradients_not_paired.match(replace(run, updates=(replace(update, error=""),))) is None


# ------------------------------------------------------------------------------------------------- TW109, TW110


UNMOVED = replace(HEALTHY, variables=variables(moved=False, first=None, update=None), epochs=epochs(8.0, 8.0))


def test_a_gradient_for_other_variables_is_found():
    run = replace(UNMOVED, error=EXPLODED, gradient_calls=(asked(("other/kernel",)),), updates=())
    match = wrong_variables.match(run)
    assert match is not None
    assert numbers(match) == [0]
    assert match.evidence[0].limit == 4


def test_a_gradient_for_no_variable_of_a_built_model_is_found():
    run = replace(UNMOVED, error=EXPLODED, gradient_calls=(asked(()),), updates=())
    match = wrong_variables.match(run)
    assert match is not None
    assert match.title == "the gradient is asked for no variable at all"
    assert found(run) == ["TW109"]


@pytest.mark.parametrize("name", ["other/{}", "{}"])  # a copy's variables may bear the same names
def test_updates_of_another_model_are_found(name):
    pairs = tuple(Pair(name.format(n), n, 0, present=True) for n in NAMES)
    match = wrong_variables.match(replace(UNMOVED, updates=(applied(pairs),)))
    assert match is not None
    assert match.title == "the update goes to the variables of another model"


def test_updates_that_cannot_move_anything_do_not_speak_of_another_model():
    forgotten = (replace(GIVEN, learning_rate=None),)  # the optimizer was gone before its rate could be read
    assert wrong_variables.match(replace(UNMOVED, optimizers=forgotten)) is not None
    still = (replace(GIVEN, learning_rate=0.0),)
    assert wrong_variables.match(replace(UNMOVED, optimizers=still)) is None
    flat = tuple(replace(epoch, gradient=0.0) for epoch in UNMOVED.epochs)
    assert wrong_variables.match(replace(UNMOVED, epochs=flat)) is None


def test_frozen_variables_that_an_update_moves_are_found():
    frozen = (*variables()[:2], *variables(trainable=False)[2:])
    match = wrong_variables.match(replace(HEALTHY, variables=frozen))
    assert match is not None
    assert numbers(match) == [2]


UNBUILT = replace(UNMOVED, built_at_start=False, start_loss=None, gradient_calls=(asked(()),), updates=())


@pytest.mark.parametrize("error", [None, EXPLODED])
def test_variables_read_before_the_model_is_built_are_found(error):
    run = replace(UNBUILT, error=error)
    assert found(run) == ["TW110"]
    match = variables_read_before_build.match(run)
    assert match is not None
    assert (match.evidence[0].value, match.evidence[0].limit) == (0, 4)


def test_an_empty_list_of_a_built_model_is_not_about_building():
    assert variables_read_before_build.match(replace(UNBUILT, built_at_start=True)) is None


# ------------------------------------------------------------------------------------------------- TW114


def made(number, step, *, updates=1, line=8):
    return Optimizer(f"adam#{number}", "Adam", False, step, line, updates, 0.01, updates)


REMADE = replace(HEALTHY, optimizers=(replace(GIVEN, iterations=0), *(made(n, n) for n in range(8))))


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


STALE = replace(HEALTHY, gradient_call_count=1, repeated_updates=39, epochs=RISING)


def test_one_gradient_applied_for_ever_is_found():
    match = stale_gradient.match(STALE)
    assert match is not None
    assert numbers(match) == [39, 1]
    assert stale_gradient.match(replace(STALE, repeated_updates=20)) is None


def test_one_gradient_written_by_hand_for_ever_is_found():
    by_hand = replace(STALE, repeated_updates=0, updates=(), update_count=0)
    match = stale_gradient.match(by_hand)
    assert match is not None
    assert (match.evidence[0].value, match.evidence[0].limit) == (1, 5)
    assert stale_gradient.match(replace(by_hand, gradient_call_count=5)) is None
    assert stale_gradient.match(replace(by_hand, epochs=epochs(7.0, 7.0, moved=0))) is None


ONCE = replace(HEALTHY, update_count=5, dropped_gradients=35)


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
