"""The contract of an exercise: each broken promise is one problem, and skeletons keep them all."""

from __future__ import annotations

import ast
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trainwhy.authoring import (
    check_exercise,
    course_problems,
    format_problems,
    label,
    new_diagnosis,
    new_exercise,
)
from trainwhy.course import Exercise, load, read_exercise
from trainwhy.course.exercise import KINDS
from trainwhy.errors import Internal, Usage
from trainwhy.results import Answer, Epoch, Failure, Finding, Goal, Report

FIXTURE = Path(__file__).parent / "fixtures" / "course"
STEP = "01_first_steps/02_no_update"
CHOICE = "01_first_steps/01_pick_one"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path / "course"))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _found(folder: Path) -> list[tuple[str, str]]:
    return [(problem.path.relative_to(folder).as_posix(), problem.message) for problem in course_problems(folder)]


# ------------------------------------------------------------------------------------------- format


def test_the_fixture_keeps_the_format() -> None:
    assert course_problems(FIXTURE) == []


BREAKS: list[tuple[str, str, str, str]] = [
    # file, text that goes, text that comes, what is said
    (
        f"{STEP}/exercise.toml",
        '  "What is to be found there.",\n',
        "",
        "`hints` holds 2; expected 3, the last a worked line",
    ),
    (
        f"{STEP}/exercise.toml",
        "A line that works: `",
        "A line that works: ",
        "the last of `hints` holds no worked line",
    ),
    (
        f"{STEP}/exercise.toml",
        '"What is to be found there."',
        '"A question that sends the eye to the right place."',
        "twice",
    ),
    (f"{STEP}/exercise.toml", "one sentence to remember", "you simply remember", "`takeaway` says 'simply'"),
    (f"{STEP}/exercise.toml", "What is to be found there.", "Oops!", "`hints[1]` holds an exclamation mark"),
    (f"{STEP}/exercise.toml", 'title = "No update"', f'title = "{"x" * 61}"', "`title` is 61 characters long"),
    (
        f"{STEP}/exercise.toml",
        "what will the loss do?",
        "what will the loss do!",
        "`prediction.question` holds an excl",
    ),
    (f"{STEP}/exercise.toml", 'entry = "train_step(model', 'entry = "step(model', "defines no function `step`"),
    (f"{STEP}/exercise.toml", "(model, optimizer, x, y)", "(model, x, y)", "`entry` says `train_step(model, x, y)`"),
    (f"{STEP}/exercise.toml", "minutes = 5", "minuts = 5", "`minuts` is an unknown key"),
    (f"{STEP}/exercise.toml", 'id = "no-update"', 'id = "pick-one"', "the id is taken by 01_pick_one"),
    (f"{STEP}/lesson.md", "Run it", "just run it", "says 'just'"),
    (f"{STEP}/lesson.md", "One idea", "One idea\n" * 31, "lines and"),
    (f"{STEP}/lesson.md", "One idea", "word " * 201, "words; expected at most 30 and 200"),
    (f"{STEP}/starter.py", "# TODO: what is missing?", "pass", "says TODO 0 times; expected once"),
    (f"{STEP}/starter.py", "# TODO: what", "# TODO: TODO what", "says TODO 2 times"),
    (f"{STEP}/solution.py", "    return loss", "    # TODO\n    return loss", "still holds a TODO"),
    (f"{STEP}/solution.py", "    return loss", "    return (", "is no Python: '(' was never closed in line 12"),
    (f"{STEP}/alternatives/apply.py", "optimizer.apply(", "optimizer.____(", "still holds a TODO, a blank"),
    (f"{STEP}/alternatives/apply.py", "    return loss", "    return loss\n" * 40, "lines long; expected at most 40"),
    (f"{STEP}/mistakes/uphill.py", "# expects: TW113", "# expects TW113", "the first line is not `# expects: `"),
    (f"{STEP}/mistakes/uphill.py", "# expects: TW113", "# expects: wrong:answer", "the first line is not"),
    (f"{CHOICE}/mistakes/same.py", "wrong:answer", "wrong:other", "the first line is not"),
    (f"{CHOICE}/starter.py", 'answer = "?"', 'answer = "first"', 'holds no single line `answer = "?"`'),
    (f"{CHOICE}/solution.py", "second", "?", "unanswered question"),
    (f"{CHOICE}/exercise.toml", 'expects = "unanswered"', 'expects = "TW101"', "but the starter is `unanswered`"),
    (f"{CHOICE}/exercise.toml", 'text = "the first"', 'text = "the first!"', "`questions.answer.first` holds an excl"),
    ("02_alone/01_write_it/exercise.toml", '"    return loss"', '"    return x"', "`return x`, which is no line of"),
    ("02_alone/chapter.toml", "title", "titel", "`titel` is an unknown key"),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), BREAKS, ids=[f"{words}" for *_, words in BREAKS])
def test_every_broken_promise_is_one_problem(folder: Path, name: str, old: str, new: str, words: str) -> None:
    _edit(folder / name, old, new)
    found = _found(folder)
    assert [message for _, message in found if words in message], found
    assert len(found) <= 2
    assert all(
        path.startswith(name.rsplit("/", 1)[0].removesuffix("/alternatives").removesuffix("/mistakes"))
        for path, _ in found
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (f"{STEP}/notes.txt", "does not belong in an exercise"),
        (f"{STEP}/.DS_Store", "does not belong in an exercise"),
        (f"{STEP}/mistakes/Up-Hill.py", "does not belong in mistakes; expected Python files such as `by_hand.py`"),
        (f"{STEP}/alternatives/a.txt", "does not belong in alternatives; expected Python files such as `by_hand.py`"),
        ("02_alone/notes.txt", "does not belong in a chapter"),
    ],
)
def test_what_is_stray_is_named(folder: Path, name: str, message: str) -> None:
    (folder / name).write_text("# expects: TW101\n")
    assert _found(folder) == [(name, message)]


def test_caches_are_not_stray(folder: Path) -> None:
    for name in ("02_alone", STEP, f"{STEP}/mistakes"):
        for cache in ("__pycache__", ".ruff_cache"):
            (folder / name / cache).mkdir(exist_ok=True)
    assert _found(folder) == []


@pytest.mark.parametrize("name", ["lesson.md", "task.py", "starter.py", "solution.py"])
def test_what_is_missing_is_named(folder: Path, name: str) -> None:
    (folder / STEP / name).unlink()
    assert _found(folder) == [(f"{STEP}/{name}", "is missing")]


def test_an_empty_lesson_teaches_nothing(folder: Path) -> None:
    (folder / STEP / "lesson.md").write_text("\n")
    assert _found(folder) == [(f"{STEP}/lesson.md", "is empty")]


def test_copies_are_no_answers_of_their_own(folder: Path) -> None:
    solution = folder / STEP / "solution.py"
    shutil.copy(solution, folder / STEP / "alternatives" / "apply.py")
    shutil.copy(solution, folder / STEP / "starter.py")
    messages = [message for _, message in _found(folder)]
    assert messages == ["says TODO 0 times; expected once", "is the solution", "is the solution again"]


@pytest.mark.parametrize("name", ["alternatives", "mistakes"])
def test_two_alternatives_and_two_mistakes_belong_to_code(folder: Path, name: str) -> None:
    next((folder / STEP / name).iterdir()).unlink()
    assert _found(folder) == [(f"{STEP}/{name}", "holds 1 Python files; expected at least 2")]


@pytest.mark.parametrize(("kind", "alternatives", "mistakes"), [("interval", 2, 2), ("truth", 0, 1), ("number", 2, 2)])
def test_questions_bring_what_their_kind_can_have(folder: Path, kind: str, alternatives: int, mistakes: int) -> None:
    _edit(folder / CHOICE / "exercise.toml", 'kind = "option"', f'kind = "{kind}"')
    shutil.rmtree(folder / CHOICE / "mistakes")
    expected = [("alternatives", alternatives), ("mistakes", mistakes)]
    assert _found(folder) == [
        (f"{CHOICE}/{name}", f"holds 0 Python files; expected at least {count}") for name, count in expected if count
    ]


def test_a_fill_needs_its_blank_and_a_write_its_lines(tmp_path: Path) -> None:
    fill = new_exercise(tmp_path / "course" / "01_first", "a-fill", "fill")
    _edit(fill / "starter.py", "____", "apply")
    write = new_exercise(tmp_path / "course" / "01_first", "a-write", "write")
    _edit(write / "exercise.toml", "[order]\nlines = [", "[prediction2]\nlines = [")
    text = (write / "exercise.toml").read_text()
    (write / "exercise.toml").write_text(text.split("[prediction2]")[0])
    assert [problem.message for problem in course_problems(tmp_path / "course")] == [
        "holds no blank `____`",
        "`order.lines` is missing: `write` has a rung with the solution's lines out of order",
    ]


# ------------------------------------------------------------------------------------------- skeletons


def test_a_new_exercise_of_every_kind_keeps_the_format(tmp_path: Path) -> None:
    chapter = tmp_path / "course" / "03_new_things"
    made = [new_exercise(chapter, f"the-{kind}", kind) for kind in KINDS]
    assert [path.name for path in made[:2]] == ["01_the_choice", "02_the_predict"]
    assert course_problems(tmp_path / "course") == []
    assert [one.kind for one in load(tmp_path / "course").exercises] == list(KINDS)
    for path in chapter.rglob("*.py"):
        compile(path.read_text(), str(path), "exec")


@pytest.mark.parametrize(
    ("chapter", "slug", "kind", "words"),
    [
        ("01_first_steps", "No-Update", "fix", "no slug"),
        ("01_first_steps", "new", "fixx", "no kind of exercise"),
        ("first", "new", "fix", "no chapter"),
        ("02_alone", "no-update", "fix", "taken by 02_no_update"),
    ],
)
def test_a_new_exercise_is_refused_with_reasons(folder: Path, chapter: str, slug: str, kind: str, words: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(Usage, match=words):
        new_exercise(folder / chapter, slug, kind)
    assert sorted(folder.rglob("*")) == before


def test_a_new_diagnosis_stands_on_its_own(tmp_path: Path) -> None:
    path = new_diagnosis(tmp_path, "TW999", "weights-asleep")
    assert path == tmp_path / "weights_asleep.py"
    names: dict[str, Any] = {}
    exec(compile(path.read_text(), str(path), "exec"), names)  # noqa: S102 - our own template
    headings = ["What happens", "Why it hurts", "How it shows", "Fix", "Known limits", "References"]
    docs = ast.get_docstring(ast.parse(path.read_text())) or ""
    assert [line for line in docs.splitlines() if line in headings] == headings
    assert (names["DIAGNOSIS"].code, names["DIAGNOSIS"].name) == ("TW999", "weights-asleep")
    for example in ("BROKEN", "FIXED"):
        compile(names[example], example, "exec")
        assert len(names[example].splitlines()) <= 20


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("TW1", "new", "no code"),
        ("TW998", "New One", "no name"),
        ("TW999", "new", "taken by"),
        ("TW998", "old", "there already"),
    ],
)
def test_a_new_diagnosis_is_refused_with_reasons(tmp_path: Path, code: str, name: str, words: str) -> None:
    new_diagnosis(tmp_path, "TW999", "old")
    before = (tmp_path / "old.py").read_bytes()
    with pytest.raises(Usage, match=words):
        new_diagnosis(tmp_path, code, name)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old.py", before)]


# ------------------------------------------------------------------------------------------- names of reports

DONE = Report("a.py", "no-update", "finished", "solved", 1.0)
FINDING = Finding("TW101", "gradients-never-applied", "error", "the title", (), (), "why", "help")
WARNING = replace(FINDING, code="TW137", level="warning")
WRONG = Answer("answer", "Which?", '"first"', right=False, expected="second", reason="no")
GOAL = Goal("scalar-loss", 1.0, 0.0, "==", met=False, words="the loss is no scalar")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({}, "solved"),
        ({"findings": (WARNING, FINDING), "verdict": "unsolved", "goals": (GOAL,)}, "TW101"),
        ({"findings": (WARNING,)}, "solved"),
        ({"outcome": "raised", "error": Failure("ValueError", "x"), "findings": (FINDING,)}, "TW101"),
        ({"outcome": "raised", "error": Failure("ValueError", "x"), "verdict": "unsolved"}, "raised:ValueError"),
        ({"error": Failure("NothingReturned", "x"), "verdict": "unsolved"}, "raised:NothingReturned"),
        ({"error": Failure("Blank", "x"), "verdict": "unsolved"}, "blank"),
        ({"error": Failure("Unanswered", "x"), "answers": (WRONG,), "verdict": "unsolved"}, "unanswered"),
        ({"outcome": "timed_out", "error": Failure("TimedOut", "x"), "verdict": None}, "timed_out"),
        ({"answers": (replace(WRONG, name="a", right=True), WRONG), "verdict": "unsolved"}, "wrong:answer"),
        ({"goals": (replace(GOAL, name="r2", met=True), GOAL), "verdict": "unsolved"}, "unmet:scalar-loss"),
        ({"outcome": "timed_out", "verdict": None}, "timed_out"),
        ({"verdict": "flaky"}, "flaky"),
        ({"verdict": None}, "no verdict"),
    ],
)
def test_a_report_is_reduced_to_a_name(changes: dict[str, Any], name: str) -> None:
    assert label(replace(DONE, **changes)) == name


# ------------------------------------------------------------------------------------------- running


class FakeCheck:
    """Judges by the text of the file, as the real one would; `odd` overrides by path."""

    def __init__(self, **odd: Report | Exception) -> None:
        self.odd = odd
        self.calls: list[tuple[str, tuple[int, ...]]] = []
        self.lock = threading.Lock()

    def __call__(
        self,
        exercise: Exercise,
        source: str,
        worker: object,
        *,
        path: str,
        prove: bool,
        judge_starter: bool,
    ) -> Report:
        assert (worker, prove, judge_starter) == ("the worker", False, True)
        with self.lock:
            self.calls.append((path, exercise.seeds))
        odd = self.odd.get(Path(path).stem)
        if isinstance(odd, Exception):
            raise odd
        if odd is not None:
            return odd
        if "-tf.reduce_mean" in source:
            return replace(DONE, verdict="unsolved", findings=(replace(FINDING, code="TW113"),))
        if "return loss" not in source:
            return replace(DONE, outcome="raised", verdict="unsolved", error=Failure("NothingReturned", "x"))
        return replace(DONE, verdict="unsolved", findings=(FINDING,)) if "TODO" in source else DONE


@pytest.fixture
def step() -> Exercise:
    return read_exercise(FIXTURE / STEP)


@pytest.mark.parametrize("jobs", [1, 3])
def test_every_file_is_run_and_right_ones_on_every_seed(step: Exercise, jobs: int) -> None:
    fake = FakeCheck()
    assert check_exercise(step, "the worker", fake, jobs=jobs) == []
    right = ["02_no_update/solution.py", "alternatives/apply.py", "alternatives/by_hand.py"]
    wrong = ["02_no_update/starter.py", "mistakes/nothing_returned.py", "mistakes/uphill.py"]
    expected = [(path, (seed,)) for path in right for seed in (0, 1, 2)] + [(path, (0, 1, 2)) for path in wrong]
    assert sorted(fake.calls) == sorted(expected)


@pytest.mark.parametrize(
    ("odd", "path", "words"),
    [
        ({"starter": DONE}, "starter.py", "is named `solved`; expected `TW101`"),
        (
            {"solution": replace(DONE, verdict="unsolved", goals=(GOAL,))},
            "solution.py",
            "is named `unmet:scalar-loss` with seed 0; expected `solved` (the loss is no scalar)",
        ),
        ({"apply": replace(DONE, verdict="flaky")}, "alternatives/apply.py", "is named `flaky` with seed 0"),
        ({"apply": replace(DONE, findings=(WARNING,))}, "alternatives/apply.py", "is right, and yet gets TW137"),
        (
            {"by_hand": replace(DONE, epochs=(Epoch(1, 1.0, seconds=8.0), Epoch(2, 0.5, seconds=2.5)))},
            "alternatives/by_hand.py",
            "trains for 10.5 s with seed 0; expected at most 10 s",
        ),
        (
            {"uphill": replace(DONE, outcome="raised", error=Failure("NameError", "name 'z' is not defined"))},
            "mistakes/uphill.py",
            "is named `raised:NameError`; expected `TW113` (name 'z' is not defined)",
        ),
        ({"uphill": replace(DONE, findings=(FINDING,))}, "mistakes/uphill.py", "`TW101`; expected `TW113` (the title)"),
        (
            {
                "uphill": replace(
                    DONE, outcome="internal", error=Failure("Internal", "Traceback\n  deep\nKeyError: 1\n")
                )
            },
            "mistakes/uphill.py",
            "is named `internal`; expected `TW113` (KeyError: 1)",
        ),
        ({"solution": Internal("no words")}, "solution.py", "could not be judged with seed 0: no words"),
    ],
)
def test_every_broken_promise_of_a_run_is_named(step: Exercise, odd: dict[str, Any], path: str, words: str) -> None:
    problems = check_exercise(step, "the worker", FakeCheck(**odd))
    assert {problem.path for problem in problems} == {step.folder / path}
    assert words in problems[0].message
    assert len(problems) == (1 if path.startswith(("mistakes", "starter")) else 3)


def test_format_problems_takes_one_exercise(step: Exercise) -> None:
    assert format_problems(step) == []
    assert [problem.message for problem in format_problems(replace(step, hints=("one",)))] == [
        "`hints` holds 1; expected 3, the last a worked line",
    ]
