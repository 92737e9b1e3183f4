"""Learner source of any kind: read, marked, judged by every rule and shown by every face, without a failure of ours."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from hypothesis import given, note

import recorded
from fuzzing import CHANCES, damaged, inputs
from trainwhy import catalogue, chains, course, leaving, lineage, questions, sources, usage, wire
from trainwhy.cli import questions as asked
from trainwhy.errors import BadFile
from trainwhy.faces import concise, json, plain, terminal
from trainwhy.faces.style import Style
from trainwhy.regular import read_python
from trainwhy.results import Evidence, Failure, Match, Observed, Report, Run, Span, Versions
from trainwhy.workspace.settling import settle

HERE = Path(__file__).parents[1]
REAL = sorted([*course.course_folder().glob("*/*/*.py"), *HERE.glob("bank/*/*.py"), *HERE.glob("healthy/**/*.py")])
LOOKS = (
    Style(width=80, color=True, unicode=True, links=True),
    Style(width=40, color=False, unicode=False, links=False),
)
# What a file could steer a terminal with; the escapes are our own colours and links.
HARMFUL = ("\x00", "\x07\x1b", "\x1b[2J", "\u202e", "\u2066", "\x0c", "\x85")


def damage(chance: random.Random) -> bytes:
    return damaged(chance.choice(REAL).read_bytes(), chance)


def text_of(data: bytes, path: Path) -> str:
    """Read as commands do; what cannot be read is refused with words."""
    path.write_bytes(data)
    try:
        return read_python(path)
    except BadFile as error:
        assert error.found  # noqa: PT017 - most damage is text still
        return data.decode("utf-8", "surrogateescape")


@inputs("learner source")
@given(chance=CHANCES)
def test_any_source_is_read_marked_and_shown(tmp_path: Path, chance: random.Random) -> None:
    data = damage(chance)
    source = text_of(data, tmp_path / "mine.py")
    note(repr(source[:2000]))
    assert len(course.fingerprint(source)) == 64
    settle(data, chance.choice((None, "x = 1\n")), "x = 2\n")
    for line in (chance.randint(-1, 40), source.count("\n") + 1, 10**9):
        spans = (
            sources.call_span(source, line, "gradient", "here"),
            sources.assigned_span(source, line, "here"),
            sources.with_span(source, line, "here"),
            sources.name_span(source, line, "model", "here"),
            sources.line_span(source, line, "here"),
        )
        sources.called_from(source, line, 1, 9)
        sources.argument_line(source, line, "gradient", 0)
        shown(source, tuple(span for span in spans if span is not None), chance)
    questions.blanks(source)
    given = asked.literals(source)
    filled = asked.fill(source, dict.fromkeys([*list(given)[:2], "answer"], "'b'"))
    assert asked.literals(filled).get("answer", "'b'") == "'b'"


def shown(source: str, spans: tuple[Span, ...], chance: random.Random) -> None:
    """Show a finding with these spans, or a failure, in one face; the others come with other inputs."""
    entry, versions = recorded.entry_of("TW101"), Versions("0.1.0")
    found = catalogue.finding(entry, Match("the gradients are thrown away", (Evidence("moved", 0, 4),), spans))
    report = Report("mine.py", "x", "finished", "unsolved", 0.1, source=source, findings=(found,), versions=versions)
    failed = replace(report, error=Failure("ValueError", source[-200:], line=3), output=source[:500], findings=())
    one, look, face = chance.choice((report, failed)), chance.choice(LOOKS), chance.choice((terminal, plain))
    for text in (face.report(look, one, help=True), "\n".join(concise.lines(one)), json.document([one])):
        assert not any(sign in text for sign in HARMFUL)
        text.encode()


@lru_cache(maxsize=1)
def runs() -> tuple[Run, ...]:
    """What real workers saw, of every recorded broken example."""
    folders = [recorded.FOLDER / "starter", *sorted(recorded.FOLDER.glob("TW*"))]
    files = [min(folder.glob("train-*.jsonl")) for folder in folders]
    events = [wire.load_event(line) for file in files for line in file.read_text().splitlines()]
    return tuple(event.run for event in events if isinstance(event, Observed))


@inputs("learner source in a run")
@given(chance=CHANCES)
def test_any_source_is_judged_by_every_rule(chance: random.Random) -> None:
    source = damage(chance).decode("utf-8", "surrogateescape")
    note(repr(source[:2000]))
    run = replace(chance.choice(runs()), source=source)
    if chance.random() < 0.3:
        run = replace(run, error=Failure("ValueError", "no gradients", line=chance.randint(0, 30)))
    for entry, match in catalogue.matching(run):
        found = catalogue.finding(entry, match)
        chains.chain(run, found)
        shown(source, found.spans, chance)
    lineage.lineages(run)
    for call in run.gradient_calls:
        leaving.departure(run, call, call.watched)
        usage.last_line(run, call)
