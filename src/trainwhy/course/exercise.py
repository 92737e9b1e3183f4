"""What an exercise is made of: plain data, read from `exercise.toml`, and the texts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainwhy.errors import BadExercise

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("choice", "predict", "experiment", "fill", "fix", "write", "order", "myth", "curve", "threshold", "evaluate")
LEVELS = ("easy", "medium", "hard")
QUESTION_KINDS = ("option", "order", "interval", "truth", "number")


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is asked before the first run; the right answer comes from the run."""

    about: str  # "loss": falls, same, rises or nan
    question: str


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question."""

    id: str
    text: str
    reason: str = ""  # shown when this is chosen and wrong


@dataclass(frozen=True, slots=True)
class Question:
    """One literal that the learner writes into a question file, as `name = ...`."""

    name: str
    text: str
    kind: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise folder."""

    folder: Path
    id: str
    number: str  # "2.1": chapter and place, from the folder names
    chapter: str  # name of the chapter's folder
    chapter_title: str
    title: str
    kind: str
    level: str
    minutes: int
    concepts: tuple[str, ...]
    entry: str  # "train_step(model, optimizer, x, y)"; "" for a question file
    epochs: int
    seeds: tuple[int, ...]
    deadline: float
    expects: str  # what the untouched starter is named
    hints: tuple[str, ...]
    takeaway: str
    prediction: Prediction | None = None
    questions: tuple[Question, ...] = ()
    order_lines: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Where the learner finds it in the workspace, with forward slashes."""
        return f"{self.chapter}/{self.folder.name}.py"

    def starter(self) -> str:
        """Text that the learner's file begins with."""
        return self._text("starter.py")

    def is_starter(self, source: str) -> bool:
        """Tell whether a text is the untouched starter, whatever an editor did to its blanks and line ends."""
        return plain(source) == plain(self.starter())

    def solution(self) -> str:
        """Text of the reference solution."""
        return self._text("solution.py")

    def lesson(self) -> str:
        """Markdown of the lesson."""
        return self._text("lesson.md")

    def alternatives(self) -> tuple[Path, ...]:
        """Other right answers, by name."""
        return tuple(sorted(self.folder.glob("alternatives/*.py")))

    def mistakes(self) -> tuple[Path, ...]:
        """Other wrong answers, by name; their first line says what they must be named."""
        return tuple(sorted(self.folder.glob("mistakes/*.py")))

    def _text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            found = "missing" if isinstance(error, FileNotFoundError) else f"unreadable ({error})"
            raise BadExercise(self.folder / name, name, found, "a UTF-8 text file") from error


def plain(source: str) -> str:
    """Fold what editors change unasked: byte order mark, line ends, blanks at the ends of lines and of the file."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def fingerprint(source: str) -> str:
    """Hash a text, folded as `plain` does."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which `list` and `hint` can do without

    return hashlib.sha256(plain(source).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter folder and its exercises, in order."""

    folder: Path
    number: int
    title: str
    intro: str
    exercises: tuple[Exercise, ...] = ()

    @property
    def name(self) -> str:
        """The folder's name, the same in the course and in the workspace."""
        return self.folder.name
