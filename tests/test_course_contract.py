"""What `author check` promises of every exercise, proven for the whole course with the real worker."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from trainwhy import check, course
from trainwhy.authoring import check_exercise, format_problems
from trainwhy.course import Exercise
from trainwhy.processors import available
from trainwhy.worker.process import ProcessWorker

WHOLE = os.environ.get("TRAINWHY_BANK") == "all"  # else the contract holds on one of each exercise's own seeds
every = pytest.mark.parametrize("exercise", course.load().exercises, ids=lambda exercise: exercise.id)


def test_chapters_1_and_2_are_complete() -> None:
    assert [(chapter.number, len(chapter.exercises)) for chapter in course.load().chapters] == [(1, 6), (2, 8)]


def test_every_kind_the_chapters_need_is_there() -> None:
    assert {e.kind for e in course.load().exercises} == {"choice", "predict", "experiment", "fill", "fix", "write"}


@every
def test_the_folder_keeps_the_format(exercise: Exercise) -> None:
    assert format_problems(exercise) == []


@pytest.mark.tf
@pytest.mark.slow
@every
def test_starter_solution_alternatives_and_mistakes_are_named_right(exercise: Exercise, worker: ProcessWorker) -> None:
    if not WHOLE:  # each solved file is judged on two fresh seeds beside the one that is shown
        exercise = replace(exercise, seeds=exercise.seeds[:1])
    assert check_exercise(exercise, worker, check.check, jobs=available()) == []
