"""The ladder of hints. It says whether there is more, and never how much: a count invites counting down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.cli import talk

if TYPE_CHECKING:
    from trainwhy.cli.screen import Screen
    from trainwhy.course import Exercise

ORDER = "These lines, in another order, are one way to write it:"


def ladder(exercise: Exercise) -> list[tuple[str, ...]]:
    """All rungs, from a question to a worked line; the lines to put in order come right before the last one."""
    rungs: list[tuple[str, ...]] = [(text,) for text in exercise.hints]
    if exercise.order_lines:
        rungs.insert(max(len(rungs) - 1, 0), (ORDER, *exercise.order_lines))
    return rungs


def shown(screen: Screen, rung: tuple[str, ...]) -> str:
    """One rung: a paragraph, and under it lines of code when it has any."""
    paragraph = talk.wrap(screen, rung[0])
    # Code is never wrapped: a broken line would not run.
    return "\n".join([paragraph, *(f"    {line}" for line in rung[1:])])


def counted_out(exercise: Exercise, seen: int) -> tuple[list[tuple[str, ...]], int, bool]:
    """Give what to show after `seen` rungs were shown: the next rung, how many are seen now, whether there are more."""
    rungs = ladder(exercise)
    now = min(seen + 1, len(rungs))
    return rungs[now - 1 : now], now, now < len(rungs)
