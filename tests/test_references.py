"""Kept runs of reference solutions: what names them, and that no file system makes them a fault."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from pathlib import Path

import platformdirs
import pytest

from trainwhy import installed, references, wire
from trainwhy.results import Epoch, GradientCheck, Request, Run

REQUEST = Request("train", "", practice="regression", source="x = 1\n")
CHECK = GradientCheck(1.0, 1.0, 32, 1.0, None)
RUN = Run(0, source="x = 1\n", start_loss=2.0, epochs=(Epoch(1, float("inf")),), steps=8, check=CHECK)
KEPT = Run(0, start_loss=2.0, epochs=RUN.epochs, steps=8)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "deep" / "references"
    monkeypatch.setenv("TRAINWHY_CACHE", str(folder))
    return folder


def test_the_folder_is_the_users_or_the_one_that_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert references.folder() == cache
    monkeypatch.delenv("TRAINWHY_CACHE")
    assert references.folder() == Path(platformdirs.user_cache_dir("trainwhy")) / "references"


def test_rows_are_kept_and_evidence_is_not(cache: Path) -> None:
    assert references.read(REQUEST) is None
    references.write(REQUEST, RUN)
    assert references.read(REQUEST) == KEPT
    assert [path.suffix for path in cache.iterdir()] == [".json"], "nothing half written is left"


@pytest.mark.parametrize("damage", [b"", b"\x00" * 100, b"{}", b"[1", b'{"seed": {}}', b"\xff\xfe"])
def test_a_damaged_file_is_made_anew(cache: Path, damage: bytes) -> None:
    references.write(REQUEST, RUN)
    (path,) = cache.iterdir()
    path.write_bytes(damage)
    assert references.read(REQUEST) is None
    references.write(REQUEST, RUN)
    assert references.read(REQUEST) == KEPT


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TRAINWHY_CACHE", str(tmp_path / "file" / "references"))
    references.write(REQUEST, RUN)
    assert references.read(REQUEST) is None


def test_a_full_disk_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    references.write(REQUEST, RUN)
    assert references.read(REQUEST) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, seed=1),
        replace(REQUEST, source="x = 2\n"),
        replace(REQUEST, practice="modes"),
        replace(REQUEST, epochs=6),
    ],
)
def test_what_decides_the_numbers_names_the_file(other: Request) -> None:
    references.write(REQUEST, RUN)
    assert references.read(other) is None


def test_where_the_exercise_lies_does_not_but_its_task_does(tmp_path: Path) -> None:
    asked = []
    for name, task in (("a", "T = 1"), ("b", "T = 1"), ("c", "T = 2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "task.py").write_text(task)
        asked.append(replace(REQUEST, practice="", exercise=str(tmp_path / name), artifact=name))
    references.write(asked[0], RUN)
    assert [references.read(one) is not None for one in asked] == [True, True, False]


def test_another_tensorflow_has_other_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    references.write(REQUEST, RUN)
    monkeypatch.setattr(installed, "version", lambda _: "9.9")
    assert references.read(REQUEST) is None


def test_a_library_that_is_not_installed_is_a_version_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    real = installed.version
    monkeypatch.setattr(installed, "version", lambda name: real(name, []))
    references.write(REQUEST, RUN)
    assert references.read(REQUEST) == KEPT


@pytest.mark.parametrize("name", ["tensorflow", "keras", "numpy"])
def test_a_version_is_the_one_in_the_metadata(name: str) -> None:
    assert installed.version(name) == metadata.version(name)
    assert installed.version("nothing-of-the-kind") == "?"


def test_the_file_is_one_document_of_the_wire(cache: Path) -> None:
    references.write(REQUEST, RUN)
    (path,) = cache.iterdir()
    assert wire.load(path.read_text(), Run) == KEPT
