"""Planning the README of each chapter: written anew only where nobody changed it. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from trainwhy.course import fingerprint, plain
from trainwhy.workspace import journal
from trainwhy.workspace.merging import Side
from trainwhy.workspace.planning import Plan, Step, there, untouchable
from trainwhy.workspace.readme import chapter_readme
from trainwhy.workspace.settling import plain_bytes

if TYPE_CHECKING:
    from trainwhy.course import Course


def plan_pages(plan: Plan, course: Course, choice: Side | None, only: Collection[str]) -> None:
    """Plan the page of every chapter, or `only` these; pages of chapters that are gone go when they are untouched."""
    new = {f"{chapter.name}/README.md": chapter_readme(chapter) for chapter in course.chapters}
    for place, text in new.items():
        if not only or place in only:
            _plan_page(plan, place, text, choice)
    for place in [] if only else [place for place in plan.pages if place not in new]:
        _drop_page(plan, place)


def _plan_page(plan: Plan, place: str, text: str, choice: Side | None) -> None:
    data, given = text.encode(), plan.pages.get(place)
    if not there(plan, place):
        plan.steps.append(Step("new", place, after=data))
        plan.puts[place] = data
    elif given != fingerprint(text):
        reason = untouchable(plan, place)
        mine = b"" if reason else journal.current(plan.workspace, place) or b""
        held = plain_bytes(mine)
        if held != plain(text) and choice != "mine":
            if reason or (choice != "theirs" and (held is None or fingerprint(held) != given)):
                plan.steps.append(Step("left", place, reason=reason or "it was changed by hand"))
                return
            plan.steps.append(Step("replaced", place, before=mine, after=data))
            plan.puts[place] = data
    plan.pages[place] = fingerprint(text)


def _drop_page(plan: Plan, place: str) -> None:
    """Remove the page of a chapter that is gone, when it is as it was written."""
    if not there(plan, place):
        del plan.pages[place]
    elif not untouchable(plan, place):
        data = journal.current(plan.workspace, place) or b""
        held = plain_bytes(data)
        if held is not None and fingerprint(held) == plan.pages.pop(place):
            plan.gone.add(place)
            plan.steps.append(Step("removed", place, "", "", "the course no longer has this chapter", data))
