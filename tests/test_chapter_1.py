"""What chapter 1 promises beyond `author check`: its tables fit, its measurements agree, odd answers are only wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trainwhy import running
from trainwhy.results import Answer, Measured, Request, Table

if TYPE_CHECKING:
    from trainwhy.course import Course
    from trainwhy.worker.process import ProcessWorker

pytestmark = pytest.mark.tf

WIDTH, ROWS = 76, 8
EXPERIMENTS = ("why-weights-move", "first-number", "guess-vs-gradient", "who-moved-it")


def measured(worker: ProcessWorker, the_course: Course, name: str, seed: int = 0, **answers: str) -> Measured:
    exercise = the_course.find(name)
    gathered = running.gather(
        worker, Request(job="experiment", exercise=str(exercise.folder), seed=seed, answers=answers)
    )
    assert gathered.measured is not None, gathered.ended
    return gathered.measured


def answer(found: Measured, name: str) -> Answer:
    return next(one for one in found.answers if one.name == name)


def width(table: Table) -> int:
    columns = zip(table.columns, *(row.cells for row in table.rows), strict=True)
    return sum(max(len(cell) for cell in column) + 2 for column in columns) - 2


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_table_fits_on_a_screen(worker, the_course, name):
    tables = measured(worker, the_course, name).tables
    assert tables
    for table in tables:
        assert width(table) <= WIDTH
        assert len(table.rows) <= ROWS


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_is_expected_is_computed_and_accepted(worker, the_course, name):
    expected = {one.name: one.expected for one in measured(worker, the_course, name, seed=7).answers}
    assert all(one.right for one in measured(worker, the_course, name, seed=7, **expected).answers)


def test_real_layers_confirm_the_formula_of_the_first_loss(worker, the_course):
    facts = measured(worker, the_course, "first-number", seed=3).facts
    assert facts["witness_gap"] < 1e-5
    assert 0.05 < facts["smallest"] < facts["low"] < facts["high"] < facts["largest"] < 13.94
    assert facts["near_one"] < 0.1


@pytest.mark.parametrize(
    "given",
    ["'close to 1'", "1.0", "[1]", "('a', 'b')", "{}", "(14, 0)", "(0, 1e999)", "(True, False)", "((1, 2), (3, 4))"],
)
def test_an_answer_that_is_no_interval_is_wrong_with_a_reason(worker, the_course, given):
    found = answer(measured(worker, the_course, "first-number", interval=given), "interval")
    assert not found.right
    assert found.reason


@pytest.mark.parametrize(
    "given", ["'gradient'", "['gradient']", "['gradient', 'gradient', 'guess']", "{'gradient': 1}", "[[], {}, 1]", "3"]
)
def test_an_answer_that_is_no_order_is_wrong_with_a_reason(worker, the_course, given):
    found = answer(measured(worker, the_course, "guess-vs-gradient", ten=given), "ten")
    assert not found.right
    assert found.reason


def test_one_is_not_true(worker, the_course):
    found = measured(worker, the_course, "who-moved-it", model_fit="1", tape_gradient="0", apply_gradients="True")
    assert not answer(found, "model_fit").right
    assert not answer(found, "tape_gradient").right
    assert answer(found, "apply_gradients").right
