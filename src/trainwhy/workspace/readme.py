"""The README.md of a chapter in the workspace: its lessons in order, for reading beside the files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwhy.course import Chapter, Exercise

_FENCE = re.compile(r"\s*(```|~~~)")
_DEEPEST = 6  # levels of headings that Markdown knows


def chapter_readme(chapter: Chapter) -> str:
    """Write the chapter's page: title, introduction, one section per exercise."""
    sections = [_section(exercise) for exercise in chapter.exercises]
    return "\n\n".join([f"# Chapter {chapter.number} · {chapter.title}", chapter.intro.strip(), *sections]) + "\n"


def _section(exercise: Exercise) -> str:
    heading = f"## {exercise.number} {exercise.title}"
    about = f"{exercise.kind} · {exercise.level} · {exercise.minutes} min · [`{exercise.file.split('/')[1]}`]"
    return f"{heading}\n\n{about}({exercise.file.split('/')[1]})\n\n{_lowered(exercise.lesson(), exercise.title)}"


def _lowered(lesson: str, title: str) -> str:
    """Put a lesson's headings below the section's own, and drop the one that repeats its title."""
    lines: list[str] = []
    fenced = False
    for line in lesson.strip().split("\n"):
        fenced ^= bool(_FENCE.match(line))
        level = len(line) - len(line.lstrip("#"))
        if fenced or not 1 <= level <= _DEEPEST or not line[level:].startswith(" "):
            lines.append(line)
        elif line[level:].strip() != title:
            lines.append("#" * min(level + 2, _DEEPEST) + line[level:])
    return "\n".join(lines).strip()
