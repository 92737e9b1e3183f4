"""Which gradient meets which variable: TW109 to TW112, on runs made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from runs import (
    CROSSED,
    EXPLODED,
    GIVEN,
    HEALTHY,
    NAMES,
    RISING,
    UNBUILT,
    UNMOVED,
    applied,
    asked,
    found,
    numbers,
    variable,
    variables,
)
from trainwhy.diagnoses import (
    gradients_not_paired,
    gradients_paired_wrong,
    variables_read_before_build,
    wrong_variables,
)
from trainwhy.results import (
    Pair,
    Run,
)

# ------------------------------------------------------------------------------------------------- TW111, TW112


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


@pytest.mark.parametrize("error", [None, EXPLODED])
def test_variables_read_before_the_model_is_built_are_found(error):
    run = replace(UNBUILT, error=error)
    assert found(run) == ["TW110"]
    match = variables_read_before_build.match(run)
    assert match is not None
    assert (match.evidence[0].value, match.evidence[0].limit) == (0, 4)


def test_an_empty_list_of_a_built_model_is_not_about_building():
    assert variables_read_before_build.match(replace(UNBUILT, built_at_start=True)) is None
