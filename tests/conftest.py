"""Fixtures every test may use: the course, one warm worker per test process, a cache of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from trainwhy import course
from trainwhy.worker.process import ProcessWorker

collect_ignore = ["bank", "healthy"]  # programs that tests run, whatever they are called


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Reference runs of tests never meet the user's."""
    before = os.environ.get("TRAINWHY_CACHE")
    os.environ["TRAINWHY_CACHE"] = str(tmp_path_factory.mktemp("references"))
    yield
    if before is None:
        del os.environ["TRAINWHY_CACHE"]
    else:
        os.environ["TRAINWHY_CACHE"] = before


@pytest.fixture(scope="session", autouse=True)
def _nothing_in_the_background(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that tests run start processes of their own; tests/test_warm.py is about the others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRAINWHY_WARM", "0")
        patch.setenv("TRAINWHY_RUNTIME", str(tmp_path_factory.mktemp("runtime") / "background"))
        yield


@pytest.fixture(scope="session")
def worker() -> Iterator[ProcessWorker]:
    """A real worker whose template stays warm for the whole test process."""
    with ProcessWorker() as running:
        yield running


@pytest.fixture(scope="session")
def the_course() -> course.Course:
    """The course of this checkout."""
    return course.load()
