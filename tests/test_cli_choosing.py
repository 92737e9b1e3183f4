"""`--shard`, `--changed`, `--fail-fast` and `--timeout`: which files are checked, and what ends the command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cli_fakes import Desk, FakeWorker, fake_check
from trainwhy import course
from trainwhy.cli import choosing, quick, repository
from trainwhy.cli.targets import Target
from trainwhy.errors import Usage


@pytest.fixture
def made(tmp_path):
    desk = Desk(tmp_path)
    assert desk.run("init").code == 0
    for name in ("pick-one", "no-update", "write-it"):
        desk.file(name).write_text("# SOLVED\n")
    return desk


def ids(said) -> list[str]:
    return [one["exercise"] for one in said.document["results"]]


# ------------------------------------------------------------------------------------------- shards


@pytest.fixture(scope="module")
def targets() -> list[Target]:
    return [Target(one, Path(one.file), one.file) for one in course.load().exercises]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_the_shards_are_the_whole_and_share_nothing(targets, count) -> None:
    shards = [choosing.of_shard(targets, index, count) for index in range(1, count + 1)]
    assert sorted(one.shown for shard in shards for one in shard) == sorted(one.shown for one in targets)


@given(some.permutations(range(14)), some.integers(1, 14), some.integers(1, 9))
def test_neither_the_order_nor_the_other_files_move_a_file(order, kept, count) -> None:
    exercises = course.load().exercises[:14]
    some_targets = [Target(exercises[at], Path(exercises[at].file), "") for at in order[:kept]]
    for index in range(1, count + 1):
        for target in choosing.of_shard(some_targets, index, count):
            assert choosing.place_of(target.exercise.id, count) == index


def test_a_place_is_the_same_on_every_machine() -> None:
    assert [choosing.place_of(name, 4) for name in ("missing-apply", "uphill", "first-number")] == [2, 1, 4]


@pytest.mark.parametrize(
    "text", ["", "x", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "1.0/2", "½", "1/2 3", "9999999/9999999"]
)
def test_what_is_no_part_of_a_whole_is_refused(text) -> None:
    with pytest.raises(Usage, match="is no part of a whole"):
        choosing.shard(text)


def test_every_file_is_in_one_shard_of_the_command(made) -> None:
    parts = [made.run("verify", "--shard", f"{index}/2", "--json") for index in (1, 2)]
    assert sorted(one for said in parts for one in ids(said)) == ["no-update", "pick-one", "write-it"]
    assert all(said.code in (0, 5) for said in parts)
    assert made.run("verify", "--shard", "3/2").code == 2


# ------------------------------------------------------------------------------------------- changes


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


@pytest.fixture
def committed(made):
    git(made.folder, "init", "-q")
    git(made.folder, "add", "-A")
    git(made.folder, "commit", "-qm", "start")
    return made


def test_only_what_differs_from_the_last_commit_is_checked(committed) -> None:
    assert committed.run("verify", "--changed").code == 5
    committed.file("no-update").write_text("# SOLVED again\n")
    said = committed.run("verify", "--changed", "--json")
    assert (said.code, ids(said)) == (0, ["no-update"])
    git(committed.folder, "add", "-A")
    assert ids(committed.run("verify", "--changed", "--json")) == ["no-update"]
    git(committed.folder, "commit", "-qm", "more")
    nothing = committed.run("verify", "--changed")
    assert nothing.code == 5
    assert "nothing to check: `--changed` holds no exercise file" in nothing.err
    assert ids(committed.run("verify", "--changed", "HEAD~1", "--json")) == ["no-update"]
    assert ids(committed.run("verify", "--changed=main~1", "--json")) == ["no-update"]


def test_a_new_and_a_missing_file_have_changed_and_an_ignored_one_too(committed) -> None:
    (committed.folder / ".gitignore").write_text("*.py\n")
    git(committed.folder, "rm", "-q", "--cached", str(committed.file("write-it")))
    git(committed.folder, "commit", "-qm", "one is tracked no more")
    committed.file("no-update").unlink()
    said = committed.run("verify", "--changed", "--json")
    assert ids(said) == ["no-update", "write-it"]
    assert said.code == 1


def test_no_flag_of_the_index_hides_a_change(committed) -> None:
    git(committed.folder, "update-index", "--assume-unchanged", str(committed.file("no-update")))
    git(committed.folder, "update-index", "--skip-worktree", str(committed.file("pick-one")))
    committed.file("no-update").write_text("# SOLVED differently\n")
    committed.file("pick-one").write_text("# SOLVED differently\n")
    assert ids(committed.run("verify", "--changed", "--json")) == ["pick-one", "no-update"]


def test_no_program_of_the_repository_s_configuration_is_run(committed) -> None:
    sprung = committed.folder / "sprung"
    for name in ("core.fsmonitor", "diff.external", "core.hooksPath", "core.pager"):
        git(committed.folder, "config", name, f"touch {sprung}; false")
    assert committed.run("verify", "--changed").code == 5
    assert not sprung.exists()


def test_a_link_in_place_of_a_file_has_changed_and_a_pipe_makes_nothing_wait(committed) -> None:
    (committed.folder / "elsewhere.py").write_bytes(committed.file("no-update").read_bytes())
    committed.file("no-update").unlink()
    committed.file("no-update").symlink_to(committed.folder / "elsewhere.py")
    if hasattr(os, "mkfifo"):
        committed.file("pick-one").unlink()
        os.mkfifo(committed.file("pick-one"))
    paths = [committed.file(name) for name in ("no-update", "pick-one", "write-it")]
    assert repository.changed(paths, "HEAD")[0] is True
    assert repository.changed(paths, "HEAD")[2] is False


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--changed", "nowhere"], "git knows no commit `nowhere`"),
        (["--changed=--output=x"], "git knows no commit `--output=x`"),
        (["--changed", ""], "was given an empty commit"),
    ],
)
def test_an_unknown_commit_is_a_usage_error(committed, arguments, said) -> None:
    answer = committed.run("verify", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert committed.worker.requests == []


def test_without_a_repository_or_a_commit_or_git_it_is_a_usage_error(made, monkeypatch) -> None:
    answer = made.run("verify", "--changed")
    assert answer.code == 2
    assert "is in no git repository" in answer.err
    git(made.folder, "init", "-q")
    assert made.run("verify", "--changed").code == 2
    monkeypatch.setenv("PATH", str(made.folder))
    answer = made.run("verify", "--changed")
    assert answer.code == 2
    assert "there is no `git` here" in answer.err


def test_the_option_takes_no_path_and_no_option_for_a_commit(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "course").mkdir()
    alone = {"--changed": "HEAD"}
    assert quick.filled_in(["--changed"], alone) == ["--changed=HEAD"]
    assert quick.filled_in(["--changed", "--json"], alone) == ["--changed=HEAD", "--json"]
    assert quick.filled_in(["--changed", "course"], alone) == ["--changed=HEAD", "course"]
    assert quick.filled_in(["--changed", "main", "course"], alone) == ["--changed", "main", "course"]
    assert quick.filled_in(["--", "--changed"], alone) == ["--", "--changed"]


# ------------------------------------------------------------------------------------------- ends


def test_what_is_left_when_the_time_is_up_is_not_finished(made) -> None:
    made.worker = FakeWorker(endless=True)
    said = made.run("verify", "--timeout", "0.2", "--json", "--jobs", "1")
    assert said.code == 1
    assert said.document["summary"]["not_finished"] == 3
    assert {one["outcome"] for one in said.document["results"]} == {"timed_out"}
    assert all("--timeout" in one["error"]["message"] for one in said.document["results"])
    assert made.worker.cancelled


def test_enough_time_changes_nothing(made) -> None:
    said = made.run("verify", "--timeout", "600", "--json")
    assert (said.code, said.document["summary"]["solved"]) == (0, 3)


def test_what_was_done_in_time_keeps_its_verdict(made) -> None:
    def check(exercise, source, worker, **rest):
        return fake_check(exercise, source, worker if exercise.id == "write-it" else FakeWorker(), **rest)

    made.check, made.worker = check, FakeWorker(endless=True)
    said = made.run("verify", "--timeout", "3", "--json", "--jobs", "2", "pick-one", "write-it")
    assert [one["verdict"] for one in said.document["results"]] == ["solved", None]
    assert said.code == 1
