"""The course: chapters and exercises, found by walking folders and validated; nothing is executed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from trainwhy.course.exercise import Chapter, Exercise, Option, Prediction, Question, fingerprint, plain
from trainwhy.course.reading import exercise_of, read_chapter, read_exercise
from trainwhy.errors import BadExercise, UnknownExercise

__all__ = [
    "Chapter",
    "Course",
    "Exercise",
    "Option",
    "Prediction",
    "Question",
    "course_folder",
    "fingerprint",
    "load",
    "plain",
    "read_exercise",
]


_TELLING = 3  # letters from which a part of a name says which exercise is meant


@dataclass(frozen=True, slots=True)
class Course:
    """Everything there is to learn, in order."""

    folder: Path
    chapters: tuple[Chapter, ...]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, in order."""
        return tuple(exercise for chapter in self.chapters for exercise in chapter.exercises)

    def find(self, name: str) -> Exercise:
        """Find one exercise by id, number, title, file name or path; UnknownExercise says what is near."""
        wanted = _key(name)
        # Exact names first, so that a file's short name never hides another exercise's id.
        for names in (_exact_names, _short_names):
            matches = [exercise for exercise in self.exercises if wanted in names(exercise)]
            if len(matches) == 1:
                return matches[0]
            if matches:
                raise UnknownExercise(name, tuple(exercise.id for exercise in matches), ambiguous=True)
        raise UnknownExercise(name, self._near(wanted))

    def _near(self, wanted: str) -> tuple[str, ...]:
        import difflib  # noqa: PLC0415 - only a mistake pays for this import

        ids = [exercise.id for exercise in self.exercises]
        near = difflib.get_close_matches(wanted.replace("_", "-"), ids, n=3, cutoff=0.55)
        return tuple(near or [one for one in ids if len(wanted) >= _TELLING and wanted in one][:3])


def course_folder() -> Path:
    """Where the course lies: inside the installed package, or `exercises/` of the repository it runs from."""
    packaged = Path(__file__).parent.parent / "course_data"
    if packaged.is_dir():
        return packaged
    return Path(__file__).parents[3] / "exercises"


def load(folder: Path | None = None) -> Course:
    """Read and validate the whole course; a folder without chapters is an empty course."""
    root = (course_folder() if folder is None else folder).absolute()
    if not root.is_dir():
        raise BadExercise(root, "course folder", "missing", "a folder of chapters")
    course = Course(root, tuple(_chapter(inner) for inner in _folders(root)))
    _check_ids(course)
    return course


def _chapter(folder: Path) -> Chapter:
    chapter = read_chapter(folder)
    return replace(chapter, exercises=tuple(exercise_of(inner, chapter) for inner in _folders(folder)))


def _folders(parent: Path) -> list[Path]:
    """Folders in order of their names; what editors and Python leave behind is passed over."""
    return sorted(path for path in parent.iterdir() if path.is_dir() and path.name[0] not in "._")


def _check_ids(course: Course) -> None:
    for what in ("id", "number"):
        seen: dict[str, Exercise] = {}
        for exercise in course.exercises:
            value = getattr(exercise, what)
            if value in seen:
                path = exercise.folder / "exercise.toml"
                raise BadExercise(path, what, f"`{value}`, as in {seen[value].folder.name}", "one of its own")
            seen[value] = exercise


def _key(name: str) -> str:
    """Fold a typed name: no path above the chapter, no `.py`, no leading zeros, lower case."""
    parts = name.strip().replace("\\", "/").rstrip("/").split("/")
    folded = "/".join(parts[-2:]).lower().removeprefix("./").removesuffix(".py")
    number = re.fullmatch(r"0*(\d+)\.0*(\d+)", folded)
    return f"{number[1]}.{number[2]}" if number else folded


def _exact_names(exercise: Exercise) -> tuple[str, ...]:
    return exercise.id, exercise.number, exercise.file.removesuffix(".py"), exercise.title.lower()


def _short_names(exercise: Exercise) -> tuple[str, ...]:
    stem = exercise.folder.name
    return stem, stem[3:], stem[3:].replace("_", "-")
