"""The wheel carries what is needed at run time, all of the course, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE, COURSE = ROOT / "src" / "trainwhy", ROOT / "exercises"
DATA = {
    "py.typed",
    "faces/schema.json",
    "faces/class_schema.json",
    "cli/pipelines/github.yml",
    "cli/pipelines/gitlab.yml",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel that was built without touching the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def _files(folder: Path) -> set[str]:
    """Files of a folder as they belong in a wheel: what Python and editors leave behind is not among them."""
    inside = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in inside if not any(part[0] in "._" for part in path.parts[:-1])}


def test_the_whole_course_is_in_it(names: set[str]) -> None:
    expected = {f"trainwhy/course_data/{name}" for name in _files(COURSE)}
    assert {name for name in names if name.startswith("trainwhy/course_data/")} == expected
    assert len([name for name in expected if name.endswith("/exercise.toml")]) >= 14  # chapters 1 and 2


def test_the_package_is_in_it_with_its_schema_and_its_types(names: set[str]) -> None:
    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    inside = {name.removeprefix("trainwhy/") for name in names if name.startswith("trainwhy/")}
    assert {name for name in inside if not name.startswith("course_data/")} == modules | DATA


def test_nothing_stray_is_in_it(names: set[str]) -> None:
    beside = {name for name in names if not name.startswith("trainwhy/")}
    assert {name.split("/")[0].split("-")[0] for name in beside} == {"trainwhy"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in beside)
    assert any(name.endswith(".dist-info/entry_points.txt") for name in beside)
    leftovers = [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", "~"))]
    assert leftovers == []
