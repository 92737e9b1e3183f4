"""The formats together: whatever a learner wrote or printed, each stays a whole document that acts on nothing."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree
from markdown_it import MarkdownIt

import reports
from trainwhy.faces import formats, terminal
from trainwhy.faces.checked import Checked
from trainwhy.faces.style import Style
from trainwhy.results import Answer, Epoch, Report, Span

SCHEMAS = Path(__file__).parent / "fixtures" / "schemas"
SARIF = jsonschema.Draft7Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = [etree.XMLSchema(etree.parse(SCHEMAS / name)) for name in ("junit-4.xsd", "junit-10.xsd")]
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, invisible and bidirectional formatting, lone halves, line ends

# Any character at all, halves of surrogate pairs among them, and what means something in one of the formats.
TEXT = some.one_of(
    some.text(some.characters(), max_size=40),
    some.sampled_from(
        [
            "",
            "]]>",
            "<!--",
            "::error::x",
            "%0A::stop-commands::x",
            "|",
            "`",
            "```\n",
            "# x",
            "[a](b)",
            "<b>",
            "\x00\x1b[2J",
            "\ufffe",
        ]
    ),
)
LINE = some.integers(-2, 40)
SPAN = some.builds(Span, LINE, LINE, LINE, LINE, TEXT, some.booleans(), some.sampled_from(["", "other.py"]))
NUMBER = some.floats() | some.integers(-3, 3).map(float)


@some.composite
def hostile(draw) -> Report:
    """A report whose every text is somebody else's."""
    report = draw(some.sampled_from([make() for make in reports.ALL.values()]))
    finding = replace(
        reports.never_applied().findings[0],
        title=draw(TEXT), why=draw(TEXT), help=draw(TEXT), broken=draw(TEXT), fixed=draw(TEXT),
        spans=tuple(draw(some.lists(SPAN, max_size=3))), chain=(draw(TEXT),),
    )  # fmt: skip
    error = reports.crash().error
    assert error
    broken = replace(error, type=draw(TEXT), message=draw(TEXT), line=draw(LINE))
    return replace(
        report,
        path=draw(TEXT),
        title=draw(TEXT),
        source=draw(TEXT),
        output=draw(TEXT),
        notes=(draw(TEXT),),
        seconds=draw(NUMBER),
        texts={"other.py": draw(TEXT)},
        findings=draw(some.sampled_from([(), (finding,), (replace(finding, level="warning"),)])),
        error=draw(some.sampled_from([None, broken])),
        answers=(Answer(draw(TEXT), draw(TEXT), draw(TEXT), right=False, expected="", reason=draw(TEXT)),),
        epochs=(Epoch(1, draw(NUMBER), {draw(TEXT): draw(NUMBER)}, 1, 1, draw(NUMBER)),),
    )


@settings(max_examples=60, deadline=None)
@given(some.lists(hostile(), max_size=2))
def test_every_format_stays_whole(made: list[Report]) -> None:
    checked = Checked(tuple(made), 1.0, "2026-05-04T03:02:01", 1)
    written = {name: write(checked) for name, write in formats.writers().items()}
    SARIF.validate(json.loads(written["sarif"]))
    document = etree.fromstring(written["junit"].encode())
    for schema in JUNIT:
        schema.assertValid(document)
    assert len(list(document.iter("testcase"))) == len(made)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in written["github"].splitlines())
    tokens = [one for token in MARKDOWN.parse(written["markdown"]) for one in (token, *(token.children or ()))]
    assert not {one.type for one in tokens} & {"link_open", "image", "html_block", "html_inline"}
    for name, text in written.items():
        text.encode("utf-8")
        assert not {sign for sign in text if sign != "\n" and unicodedata.category(sign) in ACTING}, name


def test_the_frame_of_a_terminal_takes_marks_that_lie_nowhere() -> None:
    finding = replace(reports.never_applied().findings[0], spans=(Span(-1, 0, -2, -5, "x"), Span(1, -3, 1, -9, "y")))
    assert terminal.report(Style(), replace(reports.never_applied(), findings=(finding,)), help=True)
