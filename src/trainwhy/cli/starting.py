"""How `next` and `watch` begin: the workspace, made when there is none, and the exercise to work on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy.cli import asking, here, talk, words

if TYPE_CHECKING:
    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise


def workspace(tools: Tools, directory: str, *, as_json: bool = False) -> Here | None:
    """Find the workspace, or make one: on a terminal only after asking."""
    place = here.find(tools) if not directory else here.find_in(tools, Path(directory))
    if place is not None:
        here.tell_notes(tools, place)
        return place
    folder = tools.folder() / (directory or here.FOLDER)
    count = len(tools.course().exercises)
    asked = f"No workspace here. Make one in {words.shown(tools, folder)} ({count} exercises, nothing else is touched)?"
    if tools.screen.keyboard and not as_json and not asking.yes(tools, asked):
        talk.aside(tools.screen, "Nothing was made. `trainwhy init DIR` makes one where you want it.")
        return None
    made = here.make(tools, folder)
    if as_json:
        talk.aside(tools.screen, f"Made {words.shown(tools, folder)}")
    else:
        words.tell_made(tools, made)
        talk.say()
    return here.at(tools, made.workspace)


def choose(place: Here) -> Exercise | None:
    """Stay with the exercise in hand until it is solved; then the following one."""
    now = here.current(place)
    if now is not None and here.state(place, now) == "solved":
        return here.following(place)
    return now
