"""Imports point one way (design.md): read from the source, and seen again after real commands."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "trainwhy"

WORDS = {"results", "seen", "narrative", "sources"}  # the vocabulary, and how it is worded and found in a text
# Functions of a run: nothing is started or read.
EXERCISE = {"dataflow", "leaving", "lineage", "usage"}
SCRIPT = {
    "astray",
    "beginnings",
    "chains",
    "crashes",
    "fed",
    "heads",
    "learning",
    "rates",
    "reach",
    "unreduced",
    "uphill",
}
PURE = WORDS | EXERCISE | SCRIPT
DISK = {"atomic", "errors", "lock", "regular", "unlisted"}

# What each part may import of trainwhy, beside itself and the version in `__init__`. A part is a folder or a module of
# the package; a new one says here where it stands.
MAY: dict[str, set[str]] = {
    "__init__": {"lab", "library"},  # the library door, opened when it is asked for
    "seen": set(),
    "results": {"seen"},
    "errors": set(),
    "processors": set(),
    "installed": set(),
    "narrative": {"results", "seen"},
    "sources": {"results"},
    **dict.fromkeys(EXERCISE | SCRIPT, PURE),
    "wire": {"results", "seen"},
    "atomic": {"errors"},
    "lock": {"atomic", "errors"},
    "regular": {"errors"},
    "removal": set(),
    "unlisted": {"removal"},
    "watching": {"errors"},
    "diagnoses": PURE,
    "catalogue": {"diagnoses", "results"},
    "proving": {"catalogue", "learning", "results"},
    "ladder": {"catalogue", "proving"} | PURE,
    "scratch": set(),
    "replays": {"catalogue", "ladder", "proving", "running", "worker"} | WORDS,
    "scripts": {"catalogue", "chains", "ladder", "replays", "running", "scratch", "worker"} | WORDS,
    "library": {"catalogue", "chains", "faces", "lab", "scripts"} | WORDS,
    "grades": set(),
    "grading": {"check", "course", "grades", "judging", "results", "wire", "worker"} | DISK,
    "faces": {"grades"} | WORDS,
    "course": {"errors"},
    "workspace": {"course"} | DISK,
    "progress": {"course", "workspace"} | DISK,
    "worker": {"errors", "installed", "lock", "results", "unlisted", "wire"},
    "lab": {"course", "errors", "library", "regular", "processors", "results", "seen", "wire", "worker"},
    "references": {"installed", "results", "wire"},
    "running": {"processors", "references", "results", "worker"},
    "questions": {"course", "narrative", "results", "running", "worker"},
    "judging": {"catalogue", "results", "running", "unlisted", "worker"},
    "check": {"catalogue", "course", "errors", "judging", "processors", "proving", "questions", "running", "worker"}
    | WORDS,
    "authoring": {"catalogue", "course", "results", "atomic", "errors"},
    "cli": {"authoring", "catalogue", "check", "course", "diagnoses", "faces", "progress", "references", "scripts"}
    | {"grades", "grading", "processors"}
    | {"watching", "wire", "worker", "workspace"}
    | WORDS
    | DISK,
    "__main__": {"cli"},
    "pytest_plugin": {"cli", "course", "errors", "faces", "regular", "results", "worker"},
}

# The front door of the worker is its protocol. Its rooms are for the CLI, which starts one, and for the lab's side.
# In a process of a Dask cluster the grader's task stands where the CLI does.
ROOMS = "trainwhy.worker."
MAY_ENTER = ("worker/", "cli/", "lab/", "grading/cluster.py")

TYPED_ONLY = {"typing_extensions"}  # type checkers bring it along; nothing that runs may need it

# Where a package of others may be imported.
OTHERS: dict[str, tuple[str, ...]] = {
    "tensorflow": ("lab/",),
    "keras": ("lab/",),
    "numpy": ("lab/",),
    "rich": ("faces/terminal", "cli/"),
    "typer": ("cli/",),
    "watchfiles": ("watching.py", "cli/facts.py"),  # `doctor` tells whether it works
    "cattrs": ("wire.py",),
    "platformdirs": ("references.py", "cli/", "worker/warm/"),
    "tomli": ("course/",),
    "pytest": ("pytest_plugin/",),  # which only pytest loads
    "distributed": ("grading/cluster.py",),  # the extra `dask`
    "pyarrow": ("faces/class_parquet.py",),  # the extra `parquet`
    "IPython": ("library.py",),  # inside the cell magic, which only IPython calls
}


@dataclass(frozen=True)
class Import:
    """One import statement, or a call that does the same, with the full name it asks for."""

    place: str  # lab/task.py
    line: int
    name: str
    typed_only: bool = False  # under `if TYPE_CHECKING:`, so never run


def imports(source: Path) -> Iterator[Import]:
    modules = {_dotted(path, source) for path in source.rglob("*.py")}
    for path in sorted(source.rglob("*.py")):
        place = path.relative_to(source).as_posix()
        package = _dotted(path, source) if path.name == "__init__.py" else _dotted(path, source).rpartition(".")[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unrun = set(_unrun(tree))
        for node in ast.walk(tree):
            for name in _asked_for(node, package):
                # `from trainwhy import check` asks for a module, `from trainwhy.check import check` for what is in it.
                whole = name if name in modules else _without_member(name, node, modules)
                yield Import(place, node.lineno, whole, node in unrun)


def _unrun(tree: ast.AST) -> Iterator[ast.AST]:
    """Give what only type checkers read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            yield from (inner for one in node.body for inner in ast.walk(one))


def _dotted(path: Path, source: Path) -> str:
    parts = path.relative_to(source).with_suffix("").parts
    return ".".join(["trainwhy", *(part for part in parts if part != "__init__")])


def _asked_for(node: ast.AST, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        return [f"{module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if function in ("import_module", "__import__") and isinstance(node.args[0].value, str):
            return [node.args[0].value]
    return []


def _without_member(name: str, node: ast.AST, modules: set[str]) -> str:
    if isinstance(node, ast.ImportFrom) and name.startswith("trainwhy"):
        return next((parent for parent in _parents(name) if parent in modules), name)
    return name


def _parents(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def violations(source: Path) -> list[str]:
    found = []
    for one in imports(source):
        complaint = _of_ours(one) if one.name.split(".")[0] == "trainwhy" else _of_others(one)
        if complaint:
            found.append(f"{one.place}:{one.line}: {complaint}")
    return found


def _of_ours(one: Import) -> str:
    part = one.place.split("/")[0].removesuffix(".py")
    wanted = one.name.split(".")[1] if "." in one.name else "__init__"
    if wanted in ("__init__", part):
        return ""
    if part not in MAY:
        return f"`{part}` stands nowhere yet; say in tests/test_imports.py what it may import"
    if wanted not in MAY.get(part, set()):
        return f"`{part}` imports `{one.name}`"
    if one.name.startswith(ROOMS) and not one.place.startswith(MAY_ENTER):
        return f"`{part}` imports `{one.name}`; only `trainwhy.worker` itself is for everyone"
    return ""


def _of_others(one: Import) -> str:
    top = one.name.split(".")[0]
    if top in sys.stdlib_module_names or (one.typed_only and top in TYPED_ONLY):
        return ""
    if top not in OTHERS:
        return f"`{top}` is no dependency; say in tests/test_imports.py where it may be imported"
    return "" if one.place.startswith(OTHERS[top]) else f"imports `{one.name}`, which belongs in {OTHERS[top]}"


# ------------------------------------------------------------------------------------------- the source


def test_imports_point_one_way() -> None:
    assert violations(SOURCE) == []


def test_the_rules_name_only_what_exists() -> None:
    parts = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(MAY) == parts
    assert set().union(*MAY.values()) <= parts


@pytest.mark.parametrize(
    ("place", "line", "said"),
    [
        ("check.py", "import tensorflow as tf", "check.py:1: imports `tensorflow`, which belongs in ('lab/',)"),
        ("cli/app.py", "from keras.layers import Dense", "cli/app.py:1: imports `keras.layers.Dense`"),
        ("faces/plain.py", "import rich.table", "faces/plain.py:1: imports `rich.table`"),
        ("faces/plain.py", "from trainwhy import check", "faces/plain.py:1: `faces` imports `trainwhy.check`"),
        ("faces/plain.py", "from ..check import check", "faces/plain.py:1: `faces` imports `trainwhy.check`"),
        ("progress/store.py", "import trainwhy.worker.process", "`progress` imports `trainwhy.worker.process`"),
        ("diagnoses/one.py", "from trainwhy.lab import task", "`diagnoses` imports `trainwhy.lab"),
        ("check.py", "from trainwhy.worker.process import ProcessWorker", "only `trainwhy.worker` itself"),
        ("course/one.py", "import importlib\nimportlib.import_module('tensorflow')", "course/one.py:2: imports `tens"),
        ("course/one.py", "def load():\n    import typer", "course/one.py:2: imports `typer`"),
        ("course/one.py", "import requests", "`requests` is no dependency"),
        ("course/one.py", "import typing_extensions", "`typing_extensions` is no dependency"),
        ("utils.py", "from trainwhy.results import Run", "`utils` stands nowhere yet"),
    ],
)
def test_a_wrong_import_is_named_with_its_place(tmp_path: Path, place: str, line: str, said: str) -> None:
    # The modules that may be asked for exist, so that names resolve as in the real source.
    for name in ("__init__.py", "results.py", "check.py", "lab/task.py", "worker/process.py", place):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / place).write_text(line)
    (found,) = violations(tmp_path)
    assert said in found


# ------------------------------------------------------------------------------------------- on other systems

ELSEWHERE = """\
import importlib, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"):
    sys.modules[name] = None  # importing it raises ImportError
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv) - 1, *sorted(name for name in sys.modules if name.split(".")[0] in ("tensorflow", "keras")))
"""


ON_AN_EXTRA = {"trainwhy.grading.cluster"}  # stands on `distributed`, which asks the system for its own imports


def test_nothing_that_only_linux_has_is_imported_with_a_module() -> None:
    names = [_dotted(path, SOURCE) for path in SOURCE.rglob("*.py") if "lab" not in path.relative_to(SOURCE).parts]
    names = [name for name in names if not name.endswith("__main__") and name not in ON_AN_EXTRA]
    command = [sys.executable, "-c", ELSEWHERE, *names]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [str(len(names))]
    assert len(names) > 150


# ------------------------------------------------------------------------------------------- after real commands

WRAPPER = """\
import json, sys
from trainwhy.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as error:
    code = error.code
print("\\n" + json.dumps({"code": code, "modules": sorted(sys.modules)}))
"""


def _loaded_by(folder: Path, *command: str) -> tuple[int, set[str]]:
    run = subprocess.run(
        [sys.executable, "-c", WRAPPER, *command], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    said = json.loads(run.stdout.splitlines()[-1]) if run.stdout else pytest.fail(run.stderr)
    return said["code"], set(said["modules"])


def _tops(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imports") / "work"
    code, _ = _loaded_by(folder.parent, "init", folder.name)
    assert code == 0
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["--version"],
        [],
        ["list"],
        ["hint"],
        ["explain", "TW101"],
        ["undo"],
        ["author", "check", "--formats"],
    ],
    ids=" ".join,
)
def test_a_command_that_trains_nothing_loads_no_tensorflow(workspace: Path, command: list[str]) -> None:
    _, modules = _loaded_by(workspace, *command)
    assert not _tops(modules) & {"tensorflow", "keras", "numpy"}
    assert not any(name.startswith("trainwhy.lab") for name in modules)


@pytest.mark.parametrize("command", [["--help"], ["list"], ["hint"]], ids=" ".join)
def test_a_quick_command_loads_nothing_heavy(workspace: Path, command: list[str]) -> None:
    _, modules = _loaded_by(workspace, *command)
    assert not _tops(modules) & {"cattrs", "watchfiles", "rich"}


@pytest.mark.tf
def test_a_command_that_trains_loads_no_tensorflow_and_no_learners_module_here(workspace: Path) -> None:
    code, modules = _loaded_by(workspace, "run", "missing-apply")
    assert code == 1, "the untouched starter is judged"
    assert not _tops(modules) & {"tensorflow", "keras", "numpy"}
    assert "01_missing_apply" not in modules
    assert not any(name.startswith("trainwhy.lab") for name in modules)
