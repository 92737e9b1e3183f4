"""The course: found by walking folders, validated strictly, nothing executed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainwhy import course
from trainwhy.course import Course, fingerprint, load, plain, read_exercise
from trainwhy.errors import BadExercise, UnknownExercise

FIXTURE = Path(__file__).parent / "fixtures" / "course"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path / "course"))


@pytest.fixture
def loaded() -> Course:
    return load(FIXTURE)


def _edit(folder: Path, old: str, new: str, name: str = "01_first_steps/02_no_update/exercise.toml") -> Path:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------- what is read


def test_chapters_and_exercises_come_in_order_with_their_numbers(loaded: Course) -> None:
    assert [chapter.title for chapter in loaded.chapters] == ["First steps", "Alone"]
    assert [(one.number, one.id) for one in loaded.exercises] == [
        ("1.1", "pick-one"),
        ("1.2", "no-update"),
        ("2.1", "write-it"),
    ]


def test_every_field_arrives(loaded: Course) -> None:
    step = loaded.find("no-update")
    assert (step.kind, step.level, step.minutes, step.epochs, step.seeds, step.deadline) == (
        "fix",
        "easy",
        5,
        5,
        (0, 1, 2),
        20.0,
    )
    assert step.entry == "train_step(model, optimizer, x, y)"
    assert (step.chapter, step.chapter_title) == ("01_first_steps", "First steps")
    assert step.file == "01_first_steps/02_no_update.py"
    assert step.prediction is not None
    assert step.prediction.about == "loss"
    assert len(step.hints) == 3
    assert "TODO" in step.starter()
    assert "apply_gradients" in step.solution()
    assert "One idea" in step.lesson()
    assert [path.stem for path in step.alternatives()] == ["apply", "by_hand"]
    assert [path.stem for path in step.mistakes()] == ["nothing_returned", "uphill"]
    question = loaded.find("pick-one").questions[0]
    assert (question.name, question.kind, [option.id for option in question.options]) == (
        "answer",
        "option",
        ["first", "second", "same"],
    )
    assert loaded.find("write-it").order_lines[-1] == "    return loss"


def test_defaults_stand_in_for_what_may_be_left_out(folder: Path) -> None:
    for line in ("epochs = 5\n", "seeds = [0, 1, 2]\n", "deadline = 20\n"):
        path = _edit(folder, line, "")
    exercise = read_exercise(path.parent)
    assert (exercise.epochs, exercise.seeds, exercise.deadline) == (5, (0, 1, 2), 20.0)


def test_folders_are_absolute_because_the_worker_works_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert load(Path("course")).exercises[1].folder == folder / "01_first_steps" / "02_no_update"
    assert read_exercise(Path("course/01_first_steps/02_no_update")).folder.is_absolute()


def test_a_folder_without_chapters_is_an_empty_course(tmp_path: Path) -> None:
    assert load(tmp_path).exercises == ()


def test_the_packaged_course_is_preferred_to_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "src" / "trainwhy" / "course" / "__init__.py"
    monkeypatch.setattr(course, "__file__", str(module))
    assert course.course_folder() == tmp_path / "exercises"
    (tmp_path / "src" / "trainwhy" / "course_data").mkdir(parents=True)
    assert course.course_folder() == tmp_path / "src" / "trainwhy" / "course_data"


def test_loading_executes_nothing_and_imports_no_tensorflow() -> None:
    code = (
        "import sys; from pathlib import Path; from trainwhy.course import load;"
        f"load(Path({str(FIXTURE)!r}));"
        "heavy = {'tensorflow', 'keras', 'numpy', 'rich', 'typer', 'cattrs', 'hashlib', 'difflib', 'asyncio'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    environment = {"PYTHONPATH": str(Path(course.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_leftovers_of_tools_are_passed_over(folder: Path) -> None:
    for name in ("__pycache__", ".git", "_drafts"):
        (folder / name).mkdir()
        (folder / "01_first_steps" / name).mkdir()
    assert len(load(folder).exercises) == 3


# ------------------------------------------------------------------------------------------- finding one


@pytest.mark.parametrize(
    "name",
    [
        "no-update",
        "NO-UPDATE",
        "1.2",
        "01.02",
        "02_no_update",
        "no_update",
        "02_no_update.py",
        "01_first_steps/02_no_update.py",
        "./01_first_steps/02_no_update.py",
        "/elsewhere/trainwhy-course/01_first_steps/02_no_update.py",
        "C:\\course\\01_first_steps\\02_no_update.py",
        "01_first_steps/02_no_update/",
        "./02_no_update.py",
        " no-update ",
        "No update",
    ],
)
def test_an_exercise_is_found_by_any_of_its_names(loaded: Course, name: str) -> None:
    assert loaded.find(name).id == "no-update"


@pytest.mark.parametrize(
    ("name", "near"),
    [("no-updat", ("no-update",)), ("wirte-it", ("write-it",)), ("update", ("no-update",)), ("zzz", ()), ("", ())],
)
def test_an_unknown_name_says_what_is_near(loaded: Course, name: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownExercise) as caught:
        loaded.find(name)
    assert caught.value.near == near


def test_a_short_name_of_two_exercises_is_refused_with_both(folder: Path) -> None:
    shutil.copytree(folder / "01_first_steps" / "02_no_update", folder / "02_alone" / "02_no_update")
    _edit(folder, 'id = "no-update"', 'id = "no-update-again"', "02_alone/02_no_update/exercise.toml")
    with pytest.raises(UnknownExercise, match="names more than one exercise: `no-update` or `no-update-again`"):
        load(folder).find("no_update")
    assert load(folder).find("no-update").number == "1.2"


# ------------------------------------------------------------------------------------------- what is refused

WRONG = [
    ('id = "no-update"', 'id = "No Update"', "id", "'No Update'", "a slug"),
    ('id = "no-update"', "", "id", "missing", "a slug"),
    ('title = "No update"', 'title = " "', "title", "' '", "not empty"),
    ('kind = "fix"', 'kind = "fixx"', "kind", "'fixx'", "did you mean `fix`?"),
    ('kind = "fix"', 'kind = "§"', "kind", "'§'", "`write`"),
    ('level = "easy"', "level = 1", "level", "1", "not empty"),
    ("minutes = 5", 'minutes = "5"', "minutes", "'5'", "a whole number from 1 to 60"),
    ("minutes = 5", "minutes = true", "minutes", "True", "a whole number"),
    ("minutes = 5", "minutes = 0", "minutes", "0", "from 1 to 60"),
    ("minutes = 5", "minuts = 5", "minuts", "an unknown key", "did you mean `minutes`?"),
    ('concepts = ["GradientTape"]', 'concepts = "tape"', "concepts", "'tape'", "a list of texts"),
    ('concepts = ["GradientTape"]', 'concepts = ["a", 2]', "concepts[1]", "2", "a text"),
    ("seeds = [0, 1, 2]", "seeds = [0, 0]", "seeds", "[0, 0]", "different"),
    ("seeds = [0, 1, 2]", "seeds = []", "seeds", "[]", "whole numbers"),
    ("seeds = [0, 1, 2]", "seeds = [-1]", "seeds", "[-1]", "from 0 up"),
    ("deadline = 20", "deadline = nan", "deadline", "nan", "from 1 to 120"),
    ("deadline = 20", "deadline = true", "deadline", "True", "a number"),
    ('expects = "TW101"', 'expects = "TW1"', "expects", "'TW1'", "`TWnnn`"),
    ('entry = "train_step(model, optimizer, x, y)"', 'entry = "train step"', "entry", "'train step'", "signature"),
    ("[prediction]", "[predictoin]", "predictoin", "unknown", "did you mean `prediction`?"),
    ('about = "loss"', 'about = "lost"', "prediction.about", "'lost'", "`loss`"),
    ('about = "loss"', 'abot = "loss"', "prediction.abot", "unknown", "did you mean `about`?"),
    ("[prediction]", "prediction = 3\n[order]", "prediction", "3", "`[prediction]`"),
    ("[prediction]", "[[questions]]", "questions[0].about", "unknown", "one of"),
    ('takeaway = "one sentence to remember"', "questions = 1\ntakeaway = 'x'", "questions", "1", "[[questions]]"),
]


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "expected"), WRONG, ids=[f"{new or '-'}" for _, new, *_ in WRONG]
)
def test_every_mistake_names_file_key_found_and_expected(
    folder: Path,
    old: str,
    new: str,
    *,
    key: str,
    found: str,
    expected: str,
) -> None:
    path = _edit(folder, old, new)
    with pytest.raises(BadExercise) as caught:
        load(folder)
    error = caught.value
    assert (error.path, error.key) == (path, key)
    assert found in error.found
    assert expected in error.expected
    assert "01_first_steps/02_no_update/exercise.toml" not in error.found
    assert error.message.startswith("01_first_steps/02_no_update/exercise.toml: `")


def test_a_long_wrong_value_is_quoted_in_part(folder: Path) -> None:
    _edit(folder, "minutes = 5", f'minutes = "{"5" * 500}"')
    with pytest.raises(BadExercise) as caught:
        load(folder)
    assert len(caught.value.found) < 70


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "answer"', 'name = "An answer"', "questions[0].name"),
        ('kind = "option"', 'kind = "options"', "questions[0].kind"),
        ('id = "first"', 'id = "second"', "questions[0].options"),
        ('id = "first", text', 'id = "first", txt', "questions[0].options[0].txt"),
        ("options = [", "options = [] #", "questions[0].options"),
    ],
)
def test_questions_are_checked_too(folder: Path, old: str, new: str, key: str) -> None:
    name = "01_first_steps/01_pick_one/exercise.toml"
    text = (folder / name).read_text(encoding="utf-8")
    if new.startswith("options = []"):
        (folder / name).write_text(text.split("options = [")[0] + "options = []\n", encoding="utf-8")
    else:
        head, tail = text.split("[[questions]]")
        (folder / name).write_text(head + "[[questions]]" + tail.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadExercise) as caught:
        load(folder)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"id = ", "no valid TOML"),
        (b"\xff\xfe", "no valid TOML"),
        (b"x = " + b"[" * 5000, "no valid TOML"),
    ],
)
def test_what_is_no_toml_is_said_so(folder: Path, data: bytes, found: str) -> None:
    (folder / "01_first_steps" / "chapter.toml").write_bytes(data)
    with pytest.raises(BadExercise, match=found):
        load(folder)


def test_a_byte_order_mark_and_crlf_are_accepted(folder: Path) -> None:
    path = folder / "01_first_steps" / "chapter.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).chapters[0].title == "First steps"


@pytest.mark.parametrize("name", ["chapter.toml", "02_no_update/exercise.toml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / "01_first_steps" / name).unlink()
    with pytest.raises(BadExercise, match="is missing; expected a TOML file"):
        load(folder)


def test_a_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    path = folder / "01_first_steps" / "chapter.toml"
    path.unlink()
    path.mkdir()
    with pytest.raises(BadExercise, match="unreadable"):
        load(folder)


def test_a_missing_starter_is_named_when_it_is_wanted(folder: Path) -> None:
    (folder / "01_first_steps" / "02_no_update" / "starter.py").unlink()
    with pytest.raises(BadExercise, match=r"`starter\.py` is missing"):
        load(folder).find("no-update").starter()


def test_a_missing_course_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadExercise, match="`course folder` is missing"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["steps", "1_steps", "01-steps", "01_Steps", "001_steps"])
def test_a_folder_name_without_its_number_is_refused(folder: Path, name: str) -> None:
    (folder / "02_alone").rename(folder / name)
    with pytest.raises(BadExercise, match="`folder name`"):
        load(folder)


def test_ids_and_numbers_are_given_once(folder: Path) -> None:
    shutil.copytree(folder / "01_first_steps" / "02_no_update", folder / "01_first_steps" / "02_other")
    _edit(folder, 'id = "no-update"', 'id = "other"', "01_first_steps/02_other/exercise.toml")
    with pytest.raises(BadExercise, match=r"`number` is `1\.2`, as in 02_no_update"):
        load(folder)
    (folder / "01_first_steps" / "02_other").rename(folder / "01_first_steps" / "03_other")
    _edit(folder, 'id = "other"', 'id = "no-update"', "01_first_steps/03_other/exercise.toml")
    with pytest.raises(BadExercise, match="`id` is `no-update`, as in 02_no_update"):
        load(folder)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), at=st.integers(0, 600))
def test_no_damage_to_the_toml_ends_in_anything_but_bad_exercise(folder: Path, data: bytes, at: int) -> None:
    path = folder / "01_first_steps" / "01_pick_one" / "exercise.toml"
    whole = (FIXTURE / "01_first_steps" / "01_pick_one" / "exercise.toml").read_bytes()
    path.write_bytes(whole[:at] + data + whole[at:])
    try:
        read_exercise(path.parent)
    except BadExercise as error:
        assert error.path == path  # noqa: PT017 - most damage is refused, some is harmless


# ------------------------------------------------------------------------------------------- texts


@pytest.mark.parametrize("changed", ["{}\n\n", "\ufeff{}", "{}  ", "\n{}"])
def test_what_editors_change_unasked_leaves_a_starter_untouched(loaded: Course, changed: str) -> None:
    exercise = loaded.find("no-update")
    source = changed.format(exercise.starter())
    assert exercise.is_starter(source)
    assert exercise.is_starter(source.replace("\n", "\r\n"))
    assert fingerprint(source) == fingerprint(exercise.starter())


def test_an_indent_or_a_word_is_a_change(loaded: Course) -> None:
    exercise = loaded.find("no-update")
    assert not exercise.is_starter(exercise.starter().replace("    return", "        return"))
    assert fingerprint("a = 1") != fingerprint("a = 2")
    assert plain("a  \r\nb\r") == "a\nb"
