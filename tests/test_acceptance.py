"""The acceptance table through the real command line: outcome, words, time, and nothing left or changed.

Every row of a group is a file of its own, and one command checks them all: what one file does must not reach the next.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import acceptance_rows
from acceptance_rows import DEADLINE, GOOD, ROWS, SLOW, Row
from trainwhy import course

pytestmark = [
    pytest.mark.tf,
    pytest.mark.skipif(sys.platform == "win32", reason="processes and pipes"),
]

# The promise is budget + 1 s on a machine with nothing else to do. The report's own seconds hold the reference's
# training beside it too, and a machine of CI is shared.
ALLOWANCE = 25.0
# The real command line on a copy of the course, which a row tries to change, with one shorter deadline.
COPIED = """
import sys
from pathlib import Path
from trainwhy import course
course.course_folder = lambda: Path(sys.argv[1])
from trainwhy.cli import main
sys.exit(main(sys.argv[2:]))
"""
OLDER = Path(__file__).parent / "older_kernel.py"
ALONE = (18, 19, 20, 31, 41)  # rows that a neighbour would feel
TAMPERING = (50,)  # without a sandbox, nothing that is checked beside these counts


@dataclass(frozen=True)
class Ran:
    """One command: what it said, and each file's result by its folder's name."""

    code: int
    out: str
    err: str
    results: dict[str, Any]
    seconds: float


def copied_course(folder: Path) -> Path:
    """Copy the course, with a short deadline for the exercise of endless files."""
    shutil.copytree(course.course_folder(), folder)
    settings = (folder / SLOW).with_suffix("") / "exercise.toml"
    text = settings.read_text(encoding="utf-8")
    assert "deadline = 20" in text
    settings.write_text(text.replace("deadline = 20", f"deadline = {DEADLINE}"), encoding="utf-8")
    return folder


def put(work: Path, rows: list[Row]) -> list[str]:
    """Write each row's file; give their paths in the order of the table."""
    for row in rows:
        path = work / row.folder / row.place
        path.parent.mkdir(parents=True)
        folder = (work / "course" / row.place).with_suffix("")
        path.write_text(row.source.replace("{course}", str(folder)).replace("{work}", str(work)), encoding="utf-8")
    return [f"{row.folder}/{row.place}" for row in rows]


def environment(tag: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(tag), "CI": "1"}


def verify(work: Path, tag: Path, paths: list[str], jobs: int = 2, before: tuple[str, ...] = ()) -> Ran:
    """Run `trainwhy verify` on files and read its JSON; `before` stands before the command."""
    began = time.monotonic()
    options = ["verify", "--format", "json", "--jobs", str(jobs), *paths]
    command = [*before, sys.executable, "-c", COPIED, str(work / "course"), *options]
    done = subprocess.run(command, cwd=work, env=environment(tag), capture_output=True, timeout=900, check=False)
    out, err = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    assert out.startswith("{"), err
    results = {result["path"].split("/")[0]: result for result in json.loads(out)["results"]}
    return Ran(done.returncode, out, err, results, time.monotonic() - began)


def prints(*folders: Path) -> dict[str, str]:
    """Hash every file below some folders."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if "__pycache__" not in str(path)
    }


def processes(tag: Path) -> set[str]:
    """Name the processes that were started with this folder for their temporary files and are still there."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(tag).encode() in (entry / "environ").read_bytes():
                found.add((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return found


@pytest.fixture(scope="module")
def tag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tag")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, tag: Path) -> dict[str, Any]:
    """Run all rows, those that their neighbours would feel one after another, each followed by a correct file."""
    work = tmp_path_factory.mktemp("work")
    (work / ".trainwhy").mkdir()
    (work / ".trainwhy" / "progress.json").write_text('{"format": 1}')
    groups = [1 if row.number in ALONE else 2 if row.number in TAMPERING else 0 for row in ROWS]
    paths = [put(work, [row for row, its in zip(ROWS, groups, strict=True) if its == group]) for group in range(3)]
    after = put(work, [acceptance_rows.solved(99, "afterwards", GOOD)])
    copied_course(work / "course")
    before = prints(work)
    ran = [verify(work, tag, paths[0]), verify(work, tag, [*paths[1], *after], jobs=1)]
    changed = {name for name, now in prints(work).items() if before.get(name) != now} | (before.keys() - prints(work))
    ran.append(verify(work, tag, paths[2]))
    return {
        "results": {name: result for one in ran for name, result in one.results.items()},
        "said": "".join(one.out + one.err for one in ran),
        "sandbox": json.loads(ran[0].out)["sandbox"],
        "codes": [one.code for one in ran],
        "changed": {Path(name).name for name in changed},
        "left": processes(tag),
        "files": sorted(path.name for path in tag.iterdir()),
    }


def sandboxed(table: dict[str, Any]) -> bool:
    """Whether what the report names as its sandbox keeps a file from writing elsewhere."""
    return "landlock" in table["sandbox"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.folder)
def test_the_row_ends_exactly_so(row: Row, table: dict[str, Any]) -> None:
    result = table["results"][row.folder]
    outcome, verdict, error, words = row.outcome, row.verdict, row.error, row.words
    if row.confined and sandboxed(table):
        (outcome, verdict, error), words = row.confined, ()
    found = result["error"] or {}
    assert (result["outcome"], result["verdict"], found.get("type", "")) == (outcome, verdict, error), result
    said = json.dumps(result, ensure_ascii=False) + f" at :{found.get('line')}:{found.get('column')}"
    assert [one for one in words if one not in said.replace('\\"', '"')] == []
    if outcome == "timed_out":
        assert result["seconds"] <= DEADLINE + 1 + ALLOWANCE


@pytest.mark.skipif(sys.platform != "linux", reason="an older kernel is made of a newer one")
@pytest.mark.parametrize("number", [31, 50])
def test_without_a_sandbox_the_weaker_promise_holds(number: int, tmp_path: Path, tag: Path) -> None:
    """What kills the keeper or edits the checks has not solved anything, and the fault is not called the learner's."""
    rows = [row for row in ROWS if row.number == number]
    copied_course(tmp_path / "course")
    ran = verify(tmp_path, tag, put(tmp_path, rows), before=(sys.executable, str(OLDER), "landlock,seccomp"))
    for row in rows:
        result = ran.results[row.folder]
        assert (result["outcome"], result["verdict"], result["error"]["type"]) == (row.outcome, None, row.error)
    assert ran.code == 70
    assert json.loads(ran.out)["sandbox"] == "none"
    assert processes(tag) == set()


def test_the_next_file_is_not_touched_by_what_came_before(table: dict[str, Any]) -> None:
    assert table["results"]["99 afterwards"]["verdict"] == "solved"


def test_nothing_is_left_and_nothing_is_changed(table: dict[str, Any]) -> None:
    assert table["left"] == set()
    assert table["files"] == []
    # Row 51 writes into the stored progress, which nothing here reads; only a sandbox keeps it from that.
    assert table["changed"] <= (set() if sandboxed(table) else {"progress.json"})


def test_no_escape_reaches_the_terminal_and_no_fail_exits_0(table: dict[str, Any]) -> None:
    assert "\x1b" not in table["said"].replace("\\u001b", "\x1b")
    assert all(code != 0 for code in table["codes"])
