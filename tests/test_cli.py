"""The commands that need no training: help, init, list, hint, solution, edit, reset, undo, explain."""

import os
import subprocess
import sys

import pytest

import trainwhy
from cli_fakes import Desk
from trainwhy.cli import app, hints, options
from trainwhy.cli.commands import edit


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def made(desk):
    assert desk.run("init").code == 0
    return desk


# ------------------------------------------------------------------------------------------- help and usage


def test_help_names_every_command_once_with_a_sentence(desk):
    said = desk.run("--help")
    assert said.code == 0
    for name in app.names():
        lines = [line for line in said.out.splitlines() if line.split()[:1] == [name]]
        assert len(lines) == 1, name
        assert len(lines[0].split()) > 2


def test_every_command_has_help_of_its_own(desk):
    for name in app.names():
        said = desk.run(name, "--help")
        assert said.code == 0
        assert said.out.startswith(f"Usage: trainwhy {name}")


def test_the_version_is_the_package_s(desk):
    assert desk.run("--version").out == f"trainwhy {trainwhy.__version__}\n"


def test_an_unknown_command_is_a_usage_error_with_what_is_near(desk):
    said = desk.run("hnt")
    assert (said.code, said.out) == (2, "")
    assert "no command `hnt`" in said.err
    assert "trainwhy hint" in said.err


@pytest.mark.parametrize(
    "arguments", [["list", "--wrong"], ["run"], ["--color", "red", "list"], ["list", "--kind", "x"]]
)
def test_a_wrong_line_is_a_usage_error_on_stderr(made, arguments):
    said = made.run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err


def test_the_options_for_everything_may_stand_anywhere():
    assert app.hoist(["list", "--plain", "--color", "never", "-q"]) == ["--plain", "--color", "never", "-q", "list"]
    assert app.hoist(["verify", "--", "--plain"]) == ["verify", "--", "--plain"]


def test_the_bare_command_greets_a_stranger_and_tells_a_learner_where_they_are(desk):
    said = desk.run()
    assert said.code == 0
    assert "trainwhy next" in said.out
    desk.run("init")
    said = desk.run()
    assert said.code == 0
    assert "0 of 3 solved in trainwhy-course" in said.out
    assert "1.1 Pick one" in said.out


# ------------------------------------------------------------------------------------------- init and list


def test_init_makes_a_workspace_and_overwrites_nothing(desk):
    (desk.work / "01_first_steps").mkdir(parents=True)
    desk.file("no-update").write_text("mine\n")
    said = desk.run("init")
    assert said.code == 0
    assert "1 file was there already" in said.err
    assert desk.file("no-update").read_text() == "mine\n"
    assert desk.file("write-it").exists()


def test_init_in_another_folder_says_how_to_get_there(desk):
    assert "cd somewhere && trainwhy next" in desk.run("init", "somewhere").out


@pytest.mark.parametrize("width", [50, 80, 140])
@pytest.mark.parametrize("plain", [False, True])
def test_the_list_shows_every_exercise_and_fits(made, width, plain):
    made.screen = {"width": width, "plain": plain}
    said = made.run("list")
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= width
    for number, title in [("1.1", "Pick one"), ("1.2", "No update"), ("2.1", "Write it")]:
        assert any(number in line and title in line for line in said.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["pick-one", "no-update", "write-it"]),
        (["--chapter", "1"], ["pick-one", "no-update"]),
        (["--kind", "fix"], ["no-update"]),
        (["--level", "easy", "--chapter", "2"], ["write-it"]),
        (["--todo"], ["pick-one", "write-it"]),
    ],
)
def test_filters_choose(made, arguments, ids):
    made.file("no-update").write_text("# SOLVED\n")
    assert made.run("run", "no-update").code == 0
    listed = made.run("list", "--json", *arguments).document["exercises"]
    assert [one["id"] for one in listed] == ids


def test_the_list_works_without_a_workspace(desk):
    assert "Write it" in desk.run("list").out


# ------------------------------------------------------------------------------------------- hints and solutions


def test_the_ladder_goes_up_and_never_says_how_much_is_left(made):
    rungs = [made.run("hint", "write-it") for _ in range(6)]
    assert "A question that sends the eye" in rungs[0].out
    assert "What is to be found there." in rungs[1].out
    assert hints.ORDER in rungs[2].out
    assert "    with tf.GradientTape() as tape:" in rungs[2].out
    assert "apply_gradients" in rungs[3].out
    assert rungs[3].out == rungs[4].out == rungs[5].out
    assert [("more: trainwhy hint" in rung.err) for rung in rungs] == [True, True, True, False, False, False]
    for rung in rungs:
        assert not set("0123456789") & set(rung.err)


def test_a_hint_as_json_says_whether_there_is_more(made):
    assert made.run("hint", "no-update", "--json").document == {
        "schema": 1,
        "exercise": "no-update",
        "hints": [["A question that sends the eye to the right place."]],
        "more": True,
    }


def test_the_solution_is_shown_once_solved_or_given_up(made):
    refused = made.run("solution", "no-update")
    assert (refused.code, refused.out) == (2, "")
    assert "--give-up" in refused.err
    assert "apply_gradients" in made.run("solution", "no-update", "--give-up").out
    made.file("no-update").write_text("# SOLVED\n")
    made.run("run", "no-update")
    shown = made.run("solution", "no-update")
    assert shown.code == 0
    assert "2 other right ways" in shown.err
    every = made.run("solution", "no-update", "--all")
    assert "by hand" in every.out
    assert len(made.run("solution", "no-update", "--json").document["ways"]) == 3


def test_an_unknown_exercise_is_a_usage_error_with_what_is_near(made):
    said = made.run("hint", "no-updat")
    assert (said.code, said.out) == (2, "")
    assert "did you mean `no-update`" in said.err


# ------------------------------------------------------------------------------------------- reset, undo, edit


def test_reset_keeps_what_it_replaces_and_undo_brings_it_back(made):
    starter = made.file("no-update").read_text()
    made.file("no-update").write_text("my work\n")
    said = made.run("reset", "no-update")
    assert said.code == 0
    assert "trainwhy undo no-update" in said.err
    assert made.file("no-update").read_text() == starter
    assert made.run("undo", "no-update").code == 0
    assert made.file("no-update").read_text() == "my work\n"
    assert made.run("undo", "no-update").code == 0
    assert made.file("no-update").read_text() == starter


def test_nothing_to_reset_and_nothing_to_undo_are_said(made):
    assert "nothing was changed" in made.run("reset", "no-update").out
    assert made.run("undo", "no-update").code == 2


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("vim", ["+7", "f.py"]),
        ("/usr/bin/nano", ["+7", "f.py"]),
        ("code", ["--goto", "f.py:7"]),
        ("subl", ["f.py:7"]),
        ("unheard-of", ["f.py"]),
    ],
)
def test_editors_are_told_the_line_their_way(program, expected):
    assert edit.arguments(program, "f.py", 7) == expected


def test_without_an_editor_the_path_and_line_are_said(made, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert made.run("edit", "no-update").out == "trainwhy-course/01_first_steps/02_no_update.py:11\n"


def test_the_editor_is_run_and_a_missing_one_is_named(made, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "true")
    assert made.run("edit", "no-update").code == 0
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    said = made.run("edit", "no-update")
    assert said.code == 2
    assert "no-such-editor" in said.err


# ------------------------------------------------------------------------------------------- explain


def test_a_page_is_found_by_code_and_by_name_in_any_case(desk):
    pages = {desk.run("explain", name).out for name in ("TW101", "tw101", "gradients-never-applied")}
    assert len(pages) == 1
    page = pages.pop()
    for part in (
        "TW101 gradients-never-applied (error)",
        "What happens",
        "Why it hurts",
        "For example, broken",
        "  + ",
    ):
        assert part in page


def test_a_page_as_json_has_every_section(desk):
    page = desk.run("explain", "TW101", "--json").document
    assert [part["heading"] for part in page["sections"]][:2] == ["What happens", "Why it hurts"]
    assert page["broken"] != page["fixed"]


def test_an_unknown_code_names_what_is_near(desk):
    said = desk.run("explain", "TW1O1")
    assert said.code == 2
    assert "`TW101`" in said.err
    assert desk.run("explain").out.count("TW1") >= 20


# ------------------------------------------------------------------------------------------- wrong places


@pytest.mark.parametrize(
    "arguments", [["hint"], ["run", "no-update"], ["show"], ["reset"], ["undo"], ["edit"], ["solution"]]
)
def test_outside_a_workspace_it_is_said_how_to_make_one(desk, arguments):
    said = desk.run(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "trainwhy init" in said.err


def test_a_workspace_from_the_future_is_left_alone(made):
    manifest = made.work / ".trainwhy" / "workspace.json"
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
    before = manifest.read_bytes()
    for arguments in (["hint"], ["next"], ["reset", "no-update"], ["init"]):
        said = made.run(*arguments)
        assert said.code == 2
        assert "newer trainwhy" in said.err
    assert manifest.read_bytes() == before


def test_damaged_progress_is_put_aside_with_a_note(made):
    (made.work / ".trainwhy" / "progress.json").write_text("{ not json")
    said = made.run("hint", "no-update")
    assert said.code == 0
    assert "progress.json.bad-1" in said.err
    assert (made.work / ".trainwhy" / "progress.json.bad-1").read_text() == "{ not json"


def test_names_of_exercises_and_diagnoses_complete():
    assert ("missing-apply", "The loss that never moves") in options.exercise_names("missing")
    assert [name for name, _ in options.exercise_names("2.1")] == ["2.1"]
    assert options.exercise_names("zzz") == []
    assert "gradients-never-applied" in options.diagnosis_names("gradients-n")


def test_the_shell_completes_exercises(made):
    environment = {
        **os.environ,
        "_TRAINWHY_COMPLETE": "complete_bash",
        "COMP_WORDS": "trainwhy hint miss",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "trainwhy"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split() == ["missing-apply"]


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["hint"], []])
def test_quick_commands_import_nothing_heavy(made, arguments):
    script = f"import sys; from trainwhy.cli import main; main({arguments!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=made.folder, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stderr.split())
    heavy = {"tensorflow", "keras", "numpy", "rich", "pydantic", "cattrs", "watchfiles", "asyncio"}
    assert loaded & heavy == set()
    assert {
        name for name in loaded if name.startswith(("trainwhy.faces", "trainwhy.worker", "trainwhy.results"))
    } == set()
