"""`trainwhy` alone: where you are, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy import workspace as workspaces
from trainwhy.cli import exits, here, talk, words

if TYPE_CHECKING:
    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools

STRANGER = """trainwhy trains your file with real TensorFlow and explains, with proof, why it does or does not learn.

  trainwhy next      make a course folder here and open the first exercise
  trainwhy --help    all commands"""


def show(tools: Tools) -> int:
    """Print the place in the course; outside a workspace, how to begin."""
    place = here.find(tools)
    if place is None:
        talk.say(STRANGER)
        return exits.SOLVED
    here.tell_notes(tools, place)
    talk.say(_where(tools, place))
    if workspaces.is_behind(place.workspace, place.course):
        note = "note: the course holds what this workspace has not; `trainwhy update --dry-run` shows it"
        talk.aside(tools.screen, talk.wrap(tools.screen, note, rest="  "))
    return exits.SOLVED


def _where(tools: Tools, place: Here) -> str:
    exercise = here.current(place)
    lines = [f"{words.counted(place)} in {words.shown(tools, place.workspace.folder)}"]
    if exercise is None:
        return "\n".join(
            [*lines, "Everything is solved. `trainwhy list` shows it, `trainwhy run NAME` runs one again."]
        )
    state = here.state(place, exercise)
    now = words.titled(exercise) + ("" if state == "new" else f": {state}")
    lines.append(talk.wrap(tools.screen, now, first="  now   ", rest="        "))
    lines.append(f"  file  {words.place_to_edit(tools, place, exercise)}")
    following = here.following(place) if state == "solved" else None
    stuck = "; stuck? trainwhy hint" if state == "tried" else ""
    opens = f" opens {words.titled(following)}" if following else stuck
    lines.append(talk.wrap(tools.screen, f"trainwhy next{opens}", first="  next  ", rest="        "))
    return "\n".join(lines)
