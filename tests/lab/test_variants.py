"""Variants of a task: the same problem for whoever learns it, and another one for weights that were stored."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trainwhy import check, course
from trainwhy.course import Exercise
from trainwhy.lab.task import Data, Training
from trainwhy.lab.variants import can_vary, held_out, mirrored, rows
from trainwhy.results import Ended, Event, Request
from trainwhy.worker.process import ProcessWorker

TRAININGS = [e for e in course.load().exercises if "Training(" in (e.folder / "task.py").read_text(encoding="utf-8")]


def data(seed: int, *, kind: str = "float32", shape: tuple[int, ...] = (64, 5), low: float = 0.0) -> Data:
    made = np.random.default_rng(seed)
    x = np.maximum(made.normal(size=(96, *shape[1:])) * 3 + 1, low or -np.inf).astype(kind)
    y = x.reshape(len(x), -1)[:, :1].astype("float32")
    return Data(x[:64], y[:64], x[64:], y[64:])


def task(**more: object) -> Training:
    return Training(data=data, loss=lambda y, p: 0.0, **more)  # type: ignore[arg-type]


def columns(one: Data, other: Data) -> list[bool]:
    """Tell for each column whether it is mirrored."""
    return [not np.array_equal(one.x[..., i], other.x[..., i]) for i in range(one.x.shape[-1])]


def test_a_pair_of_seeds_mirrors_every_column_once() -> None:
    plain = data(0)
    for even in range(0, 40, 2):
        first, second = columns(plain, mirrored(plain, even)), columns(plain, mirrored(plain, even + 1))
        assert [a != b for a, b in zip(first, second, strict=True)] == [True] * 5
    assert len({tuple(columns(plain, mirrored(plain, seed))) for seed in range(0, 200, 2)}) > 20


def test_a_mirrored_column_keeps_its_middle_its_spread_and_its_type() -> None:
    plain = data(1)
    for seed in (0, 1):
        varied = mirrored(plain, seed)
        assert varied.x.dtype == plain.x.dtype
        assert varied.x.mean(axis=0) == pytest.approx(plain.x.mean(axis=0), abs=1e-4)
        assert varied.x.std(axis=0) == pytest.approx(plain.x.std(axis=0), rel=1e-4)
        assert varied.y is plain.y


def test_a_column_that_is_never_negative_keeps_its_range() -> None:
    plain = data(2, low=1e-6)
    for seed in (0, 1):
        varied = mirrored(plain, seed)
        assert varied.x.min(axis=0) == pytest.approx(plain.x.min(axis=0), abs=1e-4)
        assert varied.x.max(axis=0) == pytest.approx(plain.x.max(axis=0), abs=1e-4)


def test_held_out_rows_are_mirrored_where_the_rows_to_train_on_are() -> None:
    """The same column about the same middle, whatever the held-out rows are."""
    known = rows(task(), 7, varied=True)
    judged = held_out(task(), 7, 12345, varied=True)
    plain = held_out(task(), 7, 12345, varied=False)
    assert np.array_equal(known.x, judged.x)
    total_train, total_test = judged.x + plain.x, judged.x_test + plain.x_test
    for column, mirror in enumerate(columns(plain, judged)):
        if mirror:
            assert total_test[:, column] == pytest.approx(np.full(32, total_train[0, column]), abs=1e-4)
        else:
            assert np.array_equal(judged.x_test[:, column], plain.x_test[:, column])


def test_who_trains_has_no_rows_to_be_judged_on() -> None:
    for varied in (False, True):
        known = rows(task(), 3, varied=varied)
        assert (len(known.x), len(known.x_test), len(known.y_test)) == (64, 0, 0)


def test_inputs_that_are_their_own_targets_stay_so() -> None:
    x = data(4).x
    varied = mirrored(Data(x, x.copy(), x[:8], x[:8]), 1)
    assert np.array_equal(varied.x, varied.y)
    assert np.array_equal(varied.x_test, varied.y_test)
    assert not np.array_equal(varied.x, x)


@pytest.mark.parametrize("kind", ["int64", "uint8", "U8", "object"])
def test_names_and_counts_are_left_alone(kind: str) -> None:
    plain = Data(*(np.arange(12).reshape(6, 2).astype(kind) for _ in range(4)))
    assert mirrored(plain, 0) is mirrored(plain, 1) is plain
    assert not can_vary(task(), plain)


def test_images_and_series_are_mirrored_by_channel() -> None:
    for shape in ((64, 6, 3), (64, 4, 4, 2)):
        plain = data(5, shape=shape)
        assert columns(plain, mirrored(plain, 0)) != columns(plain, mirrored(plain, 1))
        assert can_vary(task(), plain)


def test_what_is_no_number_stays_none() -> None:
    plain = data(6)
    plain.x[3, 1], plain.x[5, 2] = np.nan, np.inf
    for seed in (0, 1):
        varied = mirrored(plain, seed)
        assert np.isnan(varied.x).sum() == 1
        assert np.isinf(varied.x).sum() == 1


def test_a_task_says_what_a_variant_of_it_is() -> None:
    own = task(vary=lambda given, seed: replace(given, y=given.y + seed))
    assert float(rows(own, 9, varied=True).y[0, 0] - rows(own, 9, varied=False).y[0, 0]) == 9.0


class Stored:
    """A worker whose second seed leaves the weights of the first: perfect ones, for another variant."""

    def __init__(self, worker: ProcessWorker) -> None:
        self._worker = worker

    def run(self, request: Request) -> Iterator[Event]:
        for event in self._worker.run(request):
            if isinstance(event, Ended) and request.job == "train" and request.artifact:
                first, second = (Path(request.artifact) / f"{seed}.npz" for seed in request.seeds)
                shutil.copy(first, second)
            yield event

    def cancel(self) -> None:
        self._worker.cancel()

    def close(self) -> None:
        self._worker.close()


@pytest.mark.tf
@pytest.mark.parametrize("exercise", TRAININGS, ids=lambda e: e.id)
def test_no_weights_fit_both_variants_of_an_exercise(exercise: Exercise, worker: ProcessWorker) -> None:
    """The reference's own weights on one variant are not solved on the other, and are told from bad luck."""
    found = check.check(exercise, exercise.solution(), Stored(worker), path="a.py", shown=False)
    assert (found.outcome, found.verdict) == ("finished", "unsolved"), found.error
    assert "learned-from-data" in [goal.name for goal in found.goals]
