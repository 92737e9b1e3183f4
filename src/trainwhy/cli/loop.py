"""`watch`: saves, keys and runs meet in one queue, and only the main thread prints.

A run happens in a thread of its own; what it says arrives in the queue with the run's ticket, so that nothing of a
cancelled run is shown. The terminal is in single-key mode only while this loop waits.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trainwhy import watching
from trainwhy.cli import engine, exits, here, hints, listing, messages, opening, showing, sitting, talk, words
from trainwhy.errors import Interrupted, TrainwhyError

if TYPE_CHECKING:
    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise
    from trainwhy.worker import Worker

HELP = "h hint    r run again    n next    l list    q quit"
WAYS = sitting.Ways("change the file and save it", "", "h", "n")


@dataclass(slots=True)
class Table:
    """What the loop holds in its hands for one exercise; only the main thread touches it."""

    tools: Tools
    place: Here
    one: Exercise
    worker: Worker
    inbox: messages.Inbox
    state: watching.State = field(default_factory=watching.State)
    rows: showing.Rows | None = None
    run: engine.Stoppable | None = None


def watch(tools: Tools, place: Here, one: Exercise, worker: Worker, *, poll: bool) -> int:
    """Watch one exercise after another until the learner quits."""
    while True:
        left, place = _one_exercise(tools, place, one, worker, poll=poll)
        if left == "quit":
            return exits.SOLVED
        if left == "next":
            following = here.following(place)
            if following is None:
                talk.say("Every exercise is solved.")
                return exits.SOLVED
            one = following
            talk.say()
            place = opening.move_to(tools, place, one)


def _one_exercise(tools: Tools, place: Here, one: Exercise, worker: Worker, *, poll: bool) -> tuple[watching.Do, Here]:
    opening.present(tools, place, one)
    ready = opening.answered(tools, place, one)
    if ready:
        place = opening.predict(tools, place, one)
    else:
        talk.say(opening.to_fill_in(tools, place, one))
    table = Table(tools, place, one, worker, queue.SimpleQueue())
    path = place.workspace.path(one)
    with messages.pressed(tools, table.inbox), messages.saved(path, table.inbox, poll=poll):
        try:
            if ready and here.state(place, one) != "solved":
                _act(table, watching.Pressed("r"))
            else:
                _status(table)
            return _listen(table), table.place
        finally:
            _cancel(table)


def _listen(table: Table) -> watching.Do:
    """Take messages until one of them leads away from this exercise."""
    while True:
        message = _take(table)
        if isinstance(message, messages.Said):
            if message.ticket == table.state.ticket and table.state.running and table.rows is not None:
                table.rows.listen(message.event)
        elif isinstance(message, messages.Done):
            _done(table, message)
        elif (left := _act(table, message)) is not None:
            return left


def _take(table: Table) -> messages.Message:
    """Wait for a message. On Windows a wait without end cannot be interrupted by Ctrl-C."""
    while True:
        with contextlib.suppress(queue.Empty):
            return table.inbox.get(timeout=1.0)


def _act(table: Table, event: watching.Event) -> watching.Do | None:
    """Do what an event leads to; what leads away from the exercise is given back."""
    table.state, actions = watching.step(table.state, event)
    for action in actions:
        if action == "start" and table.one.questions and isinstance(event, watching.Pressed) and table.run is not None:
            return "start"  # the questions are asked again, outside of single-key mode
        if action == "quit" or (action == "next" and _may_go_on(table)):
            return action
        _do(table, action)
    return None


def _do(table: Table, action: watching.Do) -> None:
    if action == "start":
        _start(table)
    elif action == "cancel":
        _cancel(table)
    elif action == "gone":
        path = words.shown(table.tools, table.place.workspace.path(table.one))
        _say(table, f"{path} is gone. Save it again, or `trainwhy reset {table.one.id}` puts the starter there.")
    elif action == "hint":
        rungs, more = here.next_hint(table.tools, here.again(table.place), table.one)
        shown = "\n".join(hints.shown(table.tools.screen, rung) for rung in rungs)
        _say(table, shown + ("\n  more: h" if more else ""))
    elif action == "list":
        place = here.again(table.place)
        _say(table, "\n".join(listing.lines(table.tools, place, place.course.chapters, place.course.exercises)))
    elif action == "help":
        _say(table, f"  {HELP}")


def _say(table: Table, text: str) -> None:
    """Say something beside a run that may be on, without leaving its waiting line in the way."""
    if table.rows is None:
        talk.say(f"\n{text}")
        return
    with table.rows.waiting.away():
        talk.say(f"\n{text}\n" if table.state.running else f"\n{text}")


def _may_go_on(table: Table) -> bool:
    table.place = here.again(table.place)
    if here.state(table.place, table.one) == "solved":
        return True
    _say(table, f"  {table.one.number} is not solved yet. `trainwhy next NAME` goes to any other exercise.")
    return False


# ------------------------------------------------------------------------------------------- runs


def _start(table: Table) -> None:
    """Start a run of the file as it is now, in a thread."""
    screen = table.tools.screen
    if table.state.ticket > 1:
        talk.say("\n" + _separator(table))
    table.rows = showing.Rows(screen, table.one.epochs)
    table.rows.waiting.say("training")
    table.run = engine.Stoppable(table.worker)
    arguments = (table.tools, table.place, table.one, table.run)
    named = {"ticket": table.state.ticket, "inbox": table.inbox}
    threading.Thread(target=messages.run, args=arguments, kwargs=named, daemon=True, name="run").start()


def _separator(table: Table) -> str:
    screen = table.tools.screen
    head = f"run {table.state.ticket}, {time.strftime('%H:%M:%S')} "
    return head.strip() if screen.plain else head + talk.rule(screen)[len(head) :]


def _done(table: Table, done: messages.Done) -> None:
    table.state, _ = watching.step(table.state, watching.Finished(done.ticket))
    if done.ticket != table.state.ticket or table.run is None:
        return
    if table.rows is not None:
        table.rows.waiting.clear()
    if done.report is not None:
        table.place = sitting.remember(table.tools, table.place, table.one, done.report)
        lead = "\n" if table.rows is not None and table.rows.printed else ""
        talk.say(lead + sitting.conclusion(table.tools, table.place, table.one, done.report, WAYS))
    elif done.failure is not None:
        _failed(done.failure)
    _status(table)


def _failed(failure: BaseException) -> None:
    """Say why a file cannot be read; anything worse ends the command."""
    if isinstance(failure, Interrupted):
        return
    if not isinstance(failure, TrainwhyError) or failure.exit_code == exits.OURS:
        raise failure
    talk.say(f"{failure.message}\n" + (f"  {failure.hint}\n" if failure.hint else ""))


def _cancel(table: Table) -> None:
    if table.rows is not None:
        table.rows.waiting.clear()
    if table.run is not None:
        table.run.stop()


def _status(table: Table) -> None:
    path = words.place_to_edit(table.tools, table.place, table.one)
    waiting = f"Watching {path}"
    talk.say(waiting + (f"\n  {HELP}" if table.tools.screen.keyboard else ""))
