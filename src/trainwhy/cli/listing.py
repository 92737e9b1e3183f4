"""The list of exercises: columns where they fit, records where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.cli import columns, here, talk, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Chapter, Exercise


def document(place: Here | None, exercise: Exercise) -> dict[str, object]:
    """Give one exercise as data."""
    return {
        "id": exercise.id,
        "number": exercise.number,
        "title": exercise.title,
        "kind": exercise.kind,
        "level": exercise.level,
        "minutes": exercise.minutes,
        "file": exercise.file,
        "state": here.state(place, exercise),
        "changed": here.changed_since(place, exercise),
        "current": place is not None and here.current(place) is exercise,
    }


def lines(tools: Tools, place: Here | None, chapters: tuple[Chapter, ...], chosen: Sequence[Exercise]) -> list[str]:
    """Write the chosen exercises under the titles of their chapters."""
    if not chosen:
        return ["No exercise matches."]
    lines: list[str] = []
    cells = {exercise.id: _cells(tools, place, exercise) for exercise in chosen}
    full = list(cells.values())
    # Where the id does not fit, the number names an exercise too.
    rows = columns.aligned(full, tools.screen.width) or columns.aligned(
        [row[:1] + row[2:] for row in full], tools.screen.width
    )
    listed = dict(zip(cells, rows, strict=True)) if rows and not tools.screen.plain else None
    for chapter in chapters:
        members = [exercise for exercise in chosen if exercise.chapter == chapter.name]
        if members:
            heading = f"Chapter {chapter.number}: {chapter.title}"
            lines += ["", talk.paint(tools.screen, "strong", heading)]
            lines += [listed[one.id] if listed else _record(tools, place, one) for one in members]
    left = sum(exercise.minutes for exercise in chosen if here.state(place, exercise) != "solved")
    summary = words.counted(place) if place else f"{len(chosen)} exercises"
    summary += f", {left} minutes left in this list" if left else ""
    return [*lines[1:], "", talk.wrap(tools.screen, summary)]


def _cells(tools: Tools, place: Here | None, exercise: Exercise) -> tuple[str, ...]:
    state = here.state(place, exercise)
    mark = ("→" if tools.screen.unicode else ">") if here.is_current(place, exercise) else " "
    if state == "new":
        state = "now" if mark.strip() else ""
    state += ", changed since" if here.changed_since(place, exercise) else ""
    minutes = f"{exercise.minutes:2} min"
    return f"{mark} {exercise.number}", exercise.id, exercise.title, exercise.kind, exercise.level, minutes, state


def _state_words(place: Here | None, exercise: Exercise) -> str:
    state = here.state(place, exercise)
    words = [] if state == "new" else [state]
    words += ["changed since"] if here.changed_since(place, exercise) else []
    return ", ".join([*words, *(["now"] if here.is_current(place, exercise) else [])])


def _record(tools: Tools, place: Here | None, exercise: Exercise) -> str:
    """One exercise as a sentence or a short stack of lines, for narrow screens and for reading aloud."""
    state = _state_words(place, exercise) or "new"
    about = f"{exercise.kind}, {exercise.level}, {exercise.minutes} minutes, {state}"
    if tools.screen.plain:
        return talk.wrap(tools.screen, f"{exercise.number} {exercise.title} ({exercise.id}): {about}.", rest="  ")
    return "\n".join(
        [
            talk.wrap(tools.screen, f"{exercise.number} {exercise.title}", rest="    "),
            talk.wrap(tools.screen, exercise.id, first="    "),
            talk.wrap(tools.screen, about, first="    "),
        ],
    )
