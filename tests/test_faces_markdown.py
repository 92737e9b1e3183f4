"""The Markdown face, read back by a real parser: what it shows, and that no text of a learner's acts in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

import reports
from trainwhy.faces import markdown, markdown_parts
from trainwhy.faces.checked import Checked
from trainwhy.results import Epoch, Report

PARSER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").enable("strikethrough")


def made(*chosen: Report, **around) -> str:
    return markdown.write(Checked(chosen, 21.3, **around))


def kinds(text: str) -> set[str]:
    tokens = PARSER.parse(text)
    return {one.type for token in tokens for one in (token, *(token.children or ()))}


def shown(text: str) -> str:
    """The text a reader sees of one line, code and prose alike."""
    (line,) = [token for token in PARSER.parse(text) if token.type == "inline"]
    return "".join(one.content for one in line.children or ())


def rows(text: str) -> list[list[str]]:
    """Cells of the first table."""
    found: list[list[str]] = []
    for token in PARSER.parse(text):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and found and token.level >= 4:
            found[-1].append("".join(one.content for one in token.children or ()))
        elif token.type == "table_close":
            break
    return found


def test_the_table_has_every_file_with_its_verdict_and_time() -> None:
    text = made(reports.never_applied(), reports.solved(), reports.crash(), reports.ours(), reports.untouched())
    assert text.startswith("## trainwhy: 1 solved, 2 unsolved, 1 not started, 1 not finished\n")
    table = rows(text)
    assert table[0] == ["file", "verdict", "what", "seconds"]
    assert [row[1] for row in table[1:]] == [
        "unsolved", "solved", "unsolved (raised)", "not finished (internal)", "not started",
    ]  # fmt: skip
    assert table[1][0] == "02_the_step/01_loss_that_never_moves.py"
    assert table[1][2] == "TW101 gradients-never-applied: the gradients are computed and thrown away"
    assert table[1][3] == "1.3"
    assert "not a fault in your code" in table[4][2]


def test_an_unsolved_file_has_frame_evidence_epochs_curve_and_example() -> None:
    text = made(reports.never_applied())
    for part in (
        "### `02_the_step/01_loss_that_never_moves.py`: The loss that never moves",
        "15 |     gradients = tape.gradient(loss, model.trainable_variables)",
        "- evidence: variables moved: 0 of 4",
        "- proof: the same run with these gradients applied: 7.854 → 0.251, 3 of 3 seeds",
        "| 5 | 7.854 | 0.251 | 0 of 4 | 8.31 | no weight changed |",
        "yours stays at 7.854",
        "+     optimizer.apply_gradients(zip(gradients, model.trainable_variables))",
        "`trainwhy explain TW101`",
    ):
        assert part in text
    assert {"fence", "table_open", "bullet_list_open"} <= kinds(text)


def test_a_solved_or_untouched_file_is_in_the_table_only() -> None:
    assert "###" not in made(reports.solved(), reports.untouched())
    assert "###" in made(replace(reports.solved(), exercise=None, verdict="healthy"))


def test_the_sandbox_is_named() -> None:
    assert "sandbox: landlock + seccomp" in made(reports.solved())
    assert "sandbox: none; the files could" in made(reports.question())


@pytest.mark.parametrize("name", [*reports.ALL, "untouched"])
def test_nothing_in_it_is_a_link_an_image_or_html(name: str) -> None:
    text = made(getattr(reports, name)())
    assert not kinds(text) & {"link_open", "image", "html_block", "html_inline", "s_open"}
    assert not {sign for sign in text if sign != "\n" and not sign.isprintable()}


SLY = (
    "|x| <img src=x onerror=alert(1)> [a](http://evil.example) ![b](c) `````\n"
    "# head\n- [ ] @someone :x: ~~~ $a$ www.b.c"
)


def test_a_hostile_text_shows_itself_and_closes_nothing() -> None:
    report = reports.never_applied()
    finding = replace(report.findings[0], title=SLY, why=SLY, help=SLY, broken=SLY, fixed="x")
    sly = replace(
        report,
        path=f"{SLY}.py",
        title=SLY,
        findings=(finding,),
        output=f"{SLY}\n```\n</details>\n",
        notes=(SLY,),
        epochs=(Epoch(1, 1.0, {SLY: 1.0}, 1, 1),),
    )
    text = made(sly)
    assert not kinds(text) & {"link_open", "image", "html_block", "html_inline", "s_open"}
    assert sum(token.type == "heading_open" for token in PARSER.parse(text)) == 2
    assert all(len(row) == 4 for row in rows(text))


def test_what_only_github_would_act_on_is_escaped_too() -> None:
    assert markdown_parts.prose("@someone :x: $a$ www.b.c https://d.e") == (
        r"\@someone \:x: \$a\$ www\.b.c https\://d.e"
    )


@given(some.text(max_size=60))
def test_prose_and_code_show_exactly_their_text(text: str) -> None:
    flat = markdown_parts.clean.one_line(text)
    if flat:
        assert shown("x" + markdown_parts.prose(text) + "x").replace("`", "") == f"x{flat}x".replace("`", "")
        assert shown(f"x{markdown_parts.code(text)}x") == f"x{flat}x"


@given(some.text(max_size=200))
def test_a_block_is_closed_by_nothing_in_it(text: str) -> None:
    cleaned = markdown_parts.clean.printable(text)
    tokens = PARSER.parse(markdown_parts.block(cleaned) + "\n\nafter\n")
    assert [token.type for token in tokens if token.type in ("fence", "paragraph_open")] == ["fence", "paragraph_open"]


def test_a_class_of_hundreds_stays_below_what_github_takes() -> None:
    loud = replace(reports.never_applied(), output="y" * 300_000 + "\n" * 5000, source="z" * 200_000)
    text = made(*[loud] * 900)
    assert len(text.encode()) < 1024 * 1024
    assert "more files not shown here" in text
    assert len(rows(text)) == 901
    assert len(made(*[reports.solved()] * 9000).encode()) < 1024 * 1024


def test_a_long_run_keeps_its_first_and_last_epochs() -> None:
    long = replace(reports.never_applied(), epochs=tuple(Epoch(at, 1.0 / at, {}, 1, 1) for at in range(1, 1001)))
    text = made(long)
    assert "| 1 | 1.000 |" in text
    assert "| 1000 | " in text
    assert len(text) < 20_000


def test_nothing_checked_is_a_document_too() -> None:
    assert made().startswith("## trainwhy: nothing checked\n")
