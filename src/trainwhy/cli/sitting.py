"""One checked run of one exercise: train, show it while it happens, remember it, and say what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainwhy import progress as memory
from trainwhy.cli import asking, exits, here, opening, showing, talk, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise
    from trainwhy.results import Progress, Report
    from trainwhy.worker import Worker


@dataclass(frozen=True, slots=True)
class Ways:
    """How the learner goes on from here: the words differ between typed commands and the keys of `watch`."""

    change: str
    again: str
    hint: str
    following: str


STUCK = 3  # runs in a row with the same finding, after which another view is offered


def sit(tools: Tools, place: Here, one: Exercise, worker: Worker, *, as_json: bool = False) -> int:
    """Ask what is to be asked, check the file once, and give the exit code."""
    if not as_json:
        opening.present(tools, place, one)
        if not opening.answered(tools, place, one):
            talk.say(opening.to_fill_in(tools, place, one), end="")
            return exits.UNSOLVED
        place = opening.predict(tools, place, one)
    report = run(tools, place, one, worker, streamed=not as_json)
    place = remember(tools, place, one, report)
    if as_json:
        from trainwhy.faces import json as json_face

        talk.say(json_face.document([report]), end="")
    else:
        talk.say(conclusion(tools, place, one, report), end="")
    return exits.of(report)


def run(tools: Tools, place: Here, one: Exercise, worker: Worker, *, streamed: bool) -> Report:
    """Check the learner's file as it is now, printing the rows as they arrive."""
    from trainwhy.cli import engine

    rows = showing.Rows(tools.screen, one.epochs)
    if streamed:
        rows.waiting.say("loading TensorFlow")
    try:
        with engine.stopping(worker) as stoppable:
            report = check(tools, place, one, stoppable, _meanwhile(tools, rows.listen) if streamed else None)
    finally:
        rows.waiting.clear()
    if rows.printed:
        talk.say()
    return report


def _meanwhile(tools: Tools, listen: Callable[[Progress], None]) -> Callable[[Progress], None]:
    """Load in the background what is needed next: the face until the first row, the diagnoses until the last."""
    import threading

    from trainwhy import catalogue, results

    def load(part: Callable[[], object]) -> None:
        threading.Thread(target=part, daemon=True).start()

    def heard(event: Progress) -> None:
        if isinstance(event, results.Started):
            load(catalogue.entries)
        listen(event)

    load(lambda: showing.face(tools.screen))
    return heard


def check(
    tools: Tools,
    place: Here,
    one: Exercise,
    worker: Worker,
    listen: Callable[[Progress], None] | None = None,
) -> Report:
    """Read the file as it is now and hand it to the core."""
    source = here.read(place, one)
    return tools.check(one, source, worker, path=words.shown(tools, place.workspace.path(one)), listen=listen)


# ------------------------------------------------------------------------------------------- remembering


def label(report: Report) -> str:
    """Name the newest attempt in one word, so that the same trouble is recognised."""
    if report.findings:
        return report.findings[0].code
    if report.error is not None:
        return report.error.type
    return report.verdict or report.outcome


def remember(tools: Tools, place: Here, one: Exercise, report: Report) -> Here:
    """Store what came of it; a fault of our own is not remembered as the learner's attempt."""
    if report.outcome == "internal":
        return place
    day, right = opening.today(), prediction_right(place, one, report)

    def update(before: memory.Progress) -> memory.Progress:
        if report.verdict == "solved":
            after = memory.solved(before, one.id, report.source, day)
        else:
            after = memory.attempted(before, one.id, label(report))
        return after if right is None else memory.judged(after, one.id, right)

    return here.remember(tools, place, update)


def prediction_right(place: Here, one: Exercise, report: Report) -> bool | None:
    """Tell whether the prediction made before the first run came true; nothing when there is none to judge."""
    made = place.progress.of(one.id).prediction
    if made is None or made.right is not None or not report.trend:
        return None
    return made.answer == report.trend


# ------------------------------------------------------------------------------------------- concluding


def conclusion(tools: Tools, place: Here, one: Exercise, report: Report, ways: Ways | None = None) -> str:
    """Say what the run showed, what the prediction was worth, and what can be done next."""
    ways = ways or typed(place, one)
    parts = [showing.after(tools.screen, report, table=False), _predicted(tools, place, one, report)]
    if report.verdict == "solved":
        parts.append(_solved(tools, place, one, report, ways))
    else:
        parts.append(_advice(tools, place, one, report, ways))
    return showing.blocks(parts)


def typed(place: Here, one: Exercise) -> Ways:
    """Give the commands that go on from here."""
    change = "answer again" if one.questions else "change the file"
    if here.is_current(place, one):
        return Ways(change, "trainwhy next", "trainwhy hint", "trainwhy next")
    return Ways(change, f"trainwhy run {one.id}", f"trainwhy hint {one.id}", "trainwhy next")


def _predicted(tools: Tools, place: Here, one: Exercise, report: Report) -> str:
    """Only after the first run: the prediction was about that one."""
    record = place.progress.of(one.id)
    if record.prediction is None or record.prediction.right is None or record.attempts > 1 or not report.trend:
        return ""
    words = asking.words_of(record.prediction.answer)
    speaker, look = showing.face(tools.screen), showing.style(tools.screen)
    return speaker.predicted(look, words, record.prediction.confidence, right=record.prediction.right)


def _solved(tools: Tools, place: Here, one: Exercise, report: Report, ways: Ways) -> str:
    following = here.following_of(place, one)
    text = showing.face(tools.screen).solved(
        showing.style(tools.screen),
        one.title,
        one.takeaway,
        seeds=max(len(report.seeds) - 1, 0),  # the first one was the run that was shown
        solution=solution_line(one),
        next_title=words.titled(following) if following else "",
        next_command=ways.following if following else "",
    )
    if following is None:
        text += "\n" + "Every exercise is solved.\n"
    return text


def solution_line(one: Exercise) -> str:
    """Give the command that shows the unlocked solution."""
    return f"trainwhy solution {one.id}"


def _advice(tools: Tools, place: Here, one: Exercise, report: Report, ways: Ways) -> str:
    speaker, look = showing.face(tools.screen), showing.style(tools.screen)
    if tools.screen.quiet or report.outcome == "internal":
        return ""
    record = place.progress.of(one.id)
    lines = [speaker.prompt(look, text) for text in _prompts(tools, ways)]
    if record.repeats >= STUCK and report.findings:
        code = report.findings[0].code
        lines.append(speaker.prompt(look, f"another view of the same mistake: trainwhy explain {code}"))
    return "".join(lines)


def _prompts(tools: Tools, ways: Ways) -> list[str]:
    """One line for the eye, where it fits; two sentences for the ear and for narrow screens."""
    again = f"{ways.change}, then   {ways.again}" if ways.again else ways.change
    one_line = f"{again}          stuck?   {ways.hint}"
    if tools.screen.plain:
        return [f"{ways.change[0].upper()}{ways.change[1:]}, then type: {ways.again}" if ways.again else f"{again}."]
    return [one_line] if len(one_line) + 2 <= tools.screen.width else [again, f"stuck?   {ways.hint}"]
