"""Before a run: the lesson, the questions of a question file, and the prediction."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from trainwhy import progress as memory
from trainwhy.cli import asking, here, questions, showing, talk, words

if TYPE_CHECKING:
    from trainwhy.cli.here import Here
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Exercise, Question


def today() -> int:
    """Days since 1970: what reviews are spaced by."""
    return int(time.time() // 86400)


def lesson(tools: Tools, place: Here, one: Exercise) -> str:
    """Chapter with progress, title, lesson and the place to edit."""
    speaker, look = showing.face(tools.screen), showing.style(tools.screen)
    done = sum(here.state(place, other) == "solved" for other in place.course.exercises)
    chapter, _ = one.number.split(".")
    parts = [
        speaker.chapter_header(look, chapter, one.chapter_title, done, len(place.course.exercises)),
        speaker.exercise_header(look, one.title, one.kind, one.level, one.minutes, one.number),
        speaker.lesson(look, one.lesson()),
        edit_line(tools, place, one),
    ]
    return showing.blocks(parts)


def edit_line(tools: Tools, place: Here, one: Exercise) -> str:
    """Where to edit, as `path:line`."""
    path = words.shown(tools, place.workspace.path(one))
    return showing.face(tools.screen).edit(showing.style(tools.screen), path, words.line_to_edit(place, one))


def move_to(tools: Tools, place: Here, one: Exercise) -> Here:
    """Make an exercise the one in hand."""
    return here.remember(tools, place, lambda before: memory.moved_to(before, one.id))


def present(tools: Tools, place: Here, one: Exercise) -> None:
    """Show the lesson before the first run of an exercise; later runs go straight to their numbers."""
    if here.state(place, one) == "new" and not tools.screen.quiet:
        talk.say(lesson(tools, place, one))


# ------------------------------------------------------------------------------------------- the prediction


def predict(tools: Tools, place: Here, one: Exercise) -> Here:
    """Ask for a prediction before the first run, and store it before anything is shown."""
    record = place.progress.of(one.id)
    if (
        one.prediction is None
        or record.attempts
        or record.prediction
        or not tools.screen.keyboard
        or tools.screen.quiet
    ):
        return place
    given = asking.prediction(tools, one.prediction.question)
    if given is None:
        return place
    answer, confidence, day = *given, today()
    return here.remember(tools, place, lambda before: memory.predicted(before, one.id, answer, confidence, day))


# ------------------------------------------------------------------------------------------- question files


def answered(tools: Tools, place: Here, one: Exercise) -> bool:
    """See to it that a question file holds its answers: ask on a terminal, else say what to fill in."""
    if not one.questions:
        return True
    source = here.read(place, one)
    missing = questions.open_questions(one.questions, source)
    retry = not missing and place.progress.of(one.id).state == "attempted"
    if tools.screen.keyboard and not tools.screen.quiet and (missing or retry):
        source = _ask_all(tools, place, one, list(one.questions) if retry else missing)
        return not questions.open_questions(one.questions, source)
    return not missing


def to_fill_in(tools: Tools, place: Here, one: Exercise) -> str:
    """Say which literals of a question file are still open, with the options of each."""
    missing = questions.open_questions(one.questions, here.read(place, one))
    names = ", ".join(f"`{question.name}`" for question in missing)
    path = words.shown(tools, place.workspace.path(one))
    lines = [talk.wrap(tools.screen, f"Fill in {names}, then `trainwhy next`:"), f"  {path}"]
    for question in missing:
        lines += ["", talk.wrap(tools.screen, f"{question.name}: {question.text}", rest="  ")]
        lines += [
            talk.wrap(tools.screen, f'"{option.id}": {option.text}', first="  ", rest="    ")
            for option in question.options
        ]
        if not question.options:
            lines.append(f"  {questions.form(question)}")
    return "\n".join(lines) + "\n"


def _ask_all(tools: Tools, place: Here, one: Exercise, asked: list[Question]) -> str:
    """Ask one by one and write the answers into the learner's file, with a backup."""
    source = here.read(place, one)
    now = questions.literals(source)
    given = {question.name: _ask(tools, question, now.get(question.name, "")) for question in asked}
    answers = {name: literal for name, literal in given.items() if literal is not None}
    if answers and questions.CONFIDENCE in now:
        answers[questions.CONFIDENCE] = asking.sure(tools)
    if answers:
        source = questions.fill(source, answers)
        here.write(place, one, source)
    talk.say()
    return source


def _ask(tools: Tools, question: Question, now: str) -> str | None:
    keep = "" if now in questions.OPEN else f" (Enter keeps {now})"
    if question.kind == "option":
        options = questions.lettered(question)
        chosen = asking.choose(tools, question.text + keep, options, stacked=True)
        return None if chosen is None else f'"{chosen}"'
    if question.kind == "truth":
        return asking.choose(tools, question.text + keep, [("y", "True", "yes"), ("n", "False", "no")])
    talk.say(talk.wrap(tools.screen, question.text + keep))
    for letter, _, text in questions.lettered(question):
        talk.say(
            talk.wrap(tools.screen, f"{talk.paint(tools.screen, 'strong', letter)} {text}", first="  ", rest="    ")
        )
    return asking.line(f"  {questions.example(question)} > ", questions.reader(question))
