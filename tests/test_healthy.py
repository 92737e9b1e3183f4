"""Never a false alarm: correct training files, each written in another way, through the real worker.

A file's first lines are comments that say how it runs: `# practice: NAME` of the model it trains, or `# exercise: ID`,
`# eager only: reason` where it cannot be traced, `# hardly learns: reason` where its loss need not fall.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from trainwhy import catalogue, check, course, running
from trainwhy.narrative import trend
from trainwhy.results import Request
from trainwhy.worker.process import ProcessWorker

BANK = Path(__file__).parent / "healthy"
TRACED = "\n\ntrain_step = tf.function(train_step)\n"  # below the file, so that every line keeps its number


@dataclass(frozen=True)
class Form:
    """One file as it is handed to the worker: as written, or with its step traced."""

    name: str
    practice: str
    exercise: str
    source: str
    learns: bool

    @property
    def kind(self) -> str:
        return "traced" if self.name.endswith("-traced") else "fit" if self.exercise else "step"


def said(source: str, word: str) -> str | None:
    found = re.search(rf"^# {word}: (.+)$", source, re.MULTILINE)
    return found.group(1) if found else None


def forms() -> Iterator[Form]:
    for path in sorted(BANK.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        practice, exercise = said(source, "practice") or "", said(source, "exercise") or ""
        learns = said(source, "hardly learns") is None
        yield Form(path.stem, practice, exercise, source, learns)
        if re.search(r"(?<!@tf.function)\ndef train_step", source) and not said(source, "eager only"):
            yield Form(f"{path.stem}-traced", practice, exercise, "import tensorflow as tf\n" + source + TRACED, learns)


ALL = tuple(forms())
WHOLE = os.environ.get("TRAINWHY_BANK") == "all"
# CI takes every step as it is written, a sixth of them traced as well, and a third of those that call `fit`, which take
# longer; `TRAINWHY_BANK=all` takes all.
LONGER = {kind: [form for form in ALL if form.kind == kind] for kind in ("traced", "fit")}
SOME = [*LONGER["traced"][::6], *LONGER["fit"][::3]]
TAKEN = [form for form in ALL if WHOLE or form.kind == "step" or form in SOME]


@pytest.fixture(scope="module")
def warnings_found() -> Iterator[dict[str, list[str]]]:
    """Warnings are allowed; they are shown, so that nobody overlooks them."""
    found: dict[str, list[str]] = {}
    yield found
    print(f"\n{len(TAKEN)} forms of {len(list(BANK.glob('*.py')))} files, {len(found)} with warnings")  # noqa: T201 - the table is the point
    for name, words in found.items():
        print(f"  {name:<44} {'; '.join(words)}")  # noqa: T201 - as above


def test_the_bank_is_large_and_says_how_to_run() -> None:
    files = list(BANK.glob("*.py"))
    assert len(files) >= 40
    assert all(path.read_text(encoding="utf-8").startswith(("# practice: ", "# exercise: ")) for path in files)


def request_for(form: Form) -> Request:
    if form.exercise:
        exercise = next(one for one in course.load().exercises if one.id == form.exercise)
        return check.request_for(exercise, form.source, name="healthy.py", seed=exercise.seeds[0])
    return Request(job="train", exercise="", practice=form.practice, source=form.source, name="healthy.py")


@pytest.mark.tf
@pytest.mark.parametrize("form", [pytest.param(form, id=form.name) for form in TAKEN])
def test_correct_code_is_met_with_silence(
    form: Form, worker: ProcessWorker, warnings_found: dict[str, list[str]]
) -> None:
    gathered = running.gather(worker, request_for(form))
    run = gathered.run
    assert run is not None, gathered.ended
    assert (gathered.ended.outcome, run.error) == ("finished", None)
    found = [(entry.diagnosis.level, f"{entry.code} {match.title}") for entry, match in catalogue.matching(run)]
    assert [words for level, words in found if level == "error"] == []
    if form.learns and run.start_loss is not None:
        assert trend(run.start_loss, run.epochs) == "falls"
    if found:
        warnings_found[form.name] = [words for _, words in found]
