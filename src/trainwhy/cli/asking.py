"""Questions to the learner on a terminal: yes or no, a choice by one key, a typed line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from trainwhy.cli import talk
from trainwhy.errors import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trainwhy.cli.screen import Screen
    from trainwhy.cli.tools import Tools

SKIP = ("\r", "\n", "\x1b", "\x04", "")  # Enter, Escape, Ctrl-D, end of input
LOSS = (("f", "falls", "falls"), ("s", "same", "stays the same"), ("r", "rises", "rises"), ("n", "nan", "becomes NaN"))
CONFIDENCE = (("1", "1", "guessing"), ("2", "2", "fairly"), ("3", "3", "certain"))
CONFIDENCE_WORDS = {1: "guessing", 2: "fairly sure", 3: "certain"}


def yes(tools: Tools, question: str) -> bool:
    """Ask yes or no by one key; Enter means yes."""
    talk.say(talk.wrap(tools.screen, f"{question} [Y/n]") + " ", end="")
    key = tools.key().lower()
    answer = key in ("y", "\r", "\n")
    talk.say("yes" if answer else "no")
    return answer


def choose(
    tools: Tools,
    question: str,
    options: Sequence[tuple[str, str, str]],
    *,
    stacked: bool = False,
) -> str | None:
    """Ask for one of `(key, value, words)` by its key; Enter skips and gives nothing."""
    talk.say(talk.wrap(tools.screen, question))
    talk.say(_listed(tools.screen, options, stacked=stacked), end="")
    keys = {key: (value, words) for key, value, words in options}
    while True:
        pressed = tools.key().lower()
        if pressed in keys:
            value, words = keys[pressed]
            talk.say(pressed if stacked else words)
            return value
        if pressed in SKIP:
            talk.say("skipped")
            return None


def _listed(screen: Screen, options: Sequence[tuple[str, str, str]], *, stacked: bool) -> str:
    """All options in one line where they fit, else one a line; then the place where the answer appears."""
    parts = [f"{talk.paint(screen, 'strong', key)} {words}" for key, _, words in options]
    length = sum(len(key) + len(words) + 5 for key, _, words in options)
    if length + 16 <= screen.width and not (screen.plain or stacked):
        return "  " + "    ".join(parts) + "   > "
    return "\n".join(talk.wrap(screen, part, first="  ", rest="    ") for part in parts) + "\n> "


def prediction(tools: Tools, question: str) -> tuple[str, int] | None:
    """Ask what the loss will do and how sure the learner is; nothing when it is skipped."""
    answer = choose(tools, question, LOSS)
    if answer is None:
        return None
    confidence = sure(tools)
    talk.say()
    return answer, int(confidence)


def sure(tools: Tools) -> str:
    """Ask how sure the learner is: 1 guessing, 2 fairly, 3 certain; 0 when it is skipped."""
    return choose(tools, "How sure are you?", CONFIDENCE) or "0"


def words_of(answer: str) -> str:
    """How an answer about the loss reads in a sentence."""
    return {value: words for _, value, words in LOSS}.get(answer, answer)


def line(prompt: str, read: Callable[[str], str | None]) -> str | None:
    """Ask for a line until `read` makes a literal of it; an empty line skips."""
    while True:
        talk.say(prompt, end="")
        typed = sys.stdin.readline()
        if not typed.strip():
            return None
        if "\x03" in typed:
            raise Interrupted
        literal = read(typed.strip())
        if literal is not None:
            return literal
        talk.say("  That could not be read; the example above shows the form. Enter alone skips.")
