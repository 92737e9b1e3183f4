"""Three texts become one: against `merge3` on generated texts, and what any merge has to keep."""

from __future__ import annotations

import merge3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainwhy.course import plain
from trainwhy.workspace.merging import in_the_style_of, merge
from trainwhy.workspace.settling import settle

# Few different lines, so that the texts agree in places, with a line that stands there twice and an empty one.
LINES = st.lists(st.sampled_from(["a = 1", "b = 2", "", "    c", "    return c"]), max_size=12)
ENDS = st.sampled_from(["\n", "\r\n"])


@st.composite
def changed(draw: st.DrawFn, lines: list[str]) -> list[str]:
    made = list(lines)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(made)))
        made[at : at + draw(st.integers(0, 2))] = draw(
            st.lists(st.sampled_from(["new 1", "new 2", "a = 1"]), max_size=2)
        )
    return made


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@settings(max_examples=400, deadline=None)
@given(st.data())
@pytest.mark.parametrize("prefer", ["mine", "theirs", "markers"])
def test_it_merges_as_merge3_does(prefer: str, data: st.DataObject) -> None:
    base = data.draw(LINES)
    mine, theirs = data.draw(changed(base)), data.draw(changed(base))
    found = merge(_text(base), _text(mine), _text(theirs), prefer)  # type: ignore[arg-type]
    expected: list[str] = []
    conflicts = []
    for group in merge3.Merge3(base, mine, theirs).merge_groups():
        if group[0] != "conflict":
            expected += group[1]
            continue
        _, old, left, right = group
        conflicts.append((tuple(left), tuple(old), tuple(right)))
        both = ["<<<<<<< mine", *left, "=======", *right, ">>>>>>> the new starter"]
        expected += {"mine": left, "theirs": right, "markers": both}[prefer]
    assert found.text == _text(expected)
    assert [(one.mine, one.base, one.theirs) for one in found.conflicts] == conflicts


@settings(max_examples=200, deadline=None)
@given(base=LINES, data=st.data(), end=ENDS)
def test_one_side_alone_is_taken_as_it_is(base: list[str], data: st.DataObject, end: str) -> None:
    other = _text(data.draw(changed(base))).replace("\n", end)
    assert merge(_text(base), other, _text(base)).text == other
    assert merge(other, other, _text(base)).text == in_the_style_of(_text(base), other)
    assert merge(_text(base), other, other).text == other


@settings(max_examples=300, deadline=None)
@given(base=st.text(max_size=60), mine=st.text(max_size=60), theirs=st.text(max_size=60))
def test_any_texts_are_merged_or_in_conflict(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, base).text == mine
    merged = merge(base, mine, theirs, "markers")
    assert merged.conflicts or plain(merge(base, mine, theirs, "theirs").text) == plain(merged.text)


@settings(max_examples=300, deadline=None)
@given(mine=st.binary(max_size=80), base=st.none() | st.text(max_size=60), theirs=st.text(max_size=60))
def test_without_a_decision_whatever_is_settled_holds_the_course_or_is_unchanged(
    mine: bytes, base: str | None, theirs: str
) -> None:
    settled = settle(mine, base, theirs)
    assert settled.settles or settled.data == mine
    assert (settled.status in ("conflict", "left")) == (not settled.settles)


def test_mixed_line_ends_stay_mixed() -> None:
    assert merge("a\nb\nc\n", "a\r\nb\nc\r\n", "a\nb\nc\nd\n").text == "a\r\nb\nc\r\nd\r\n"
    assert merge("a\nb\nc", "A\nb\nc", "a\nb\nC").text == "A\nb\nC"
    assert merge("", "", "a\n").text == "a\n"


def test_a_form_feed_ends_no_line() -> None:
    assert merge("a\n\fb\n", "a\n\fb\nc\n", "A\n\fb\n").text == "A\n\fb\nc\n"
