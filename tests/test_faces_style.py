"""How a style is decided, and how untrusted text is made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainwhy.faces.clean import one_line, printable, shown, words
from trainwhy.faces.style import decide

XTERM = {"TERM": "xterm-256color"}


def decided(color="auto", environ=None, *, isatty=True, encoding="utf-8", width=None):
    return decide(
        color=color, environ=XTERM if environ is None else environ, isatty=isatty, encoding=encoding, width=width
    )


@pytest.mark.parametrize(
    ("color", "environ", "isatty", "expected"),
    [
        ("auto", XTERM, True, True),
        ("auto", XTERM, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {**XTERM, "NO_COLOR": "1"}, True, False),
        ("auto", {**XTERM, "NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {**XTERM, "FORCE_COLOR": "1"}, True, False),
    ],
)
def test_the_option_beats_no_color_beats_force_color(color, environ, isatty, expected) -> None:
    assert decided(color, environ, isatty=isatty).color is expected


def test_links_need_a_terminal_that_follows_them() -> None:
    assert decided().links
    assert not decided(isatty=False, color="always").links
    assert not decided(color="never").links
    assert not decided(environ={"TERM": "linux"}).links
    assert not decided(environ={**XTERM, "CI": "true"}).links


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", True), ("ascii", False), ("cp1252", False), (None, False), ("no-such", False), ("utf-16", True)],
)
def test_unicode_where_it_can_be_written(encoding, expected) -> None:
    assert decided(encoding=encoding).unicode is expected


def test_the_width() -> None:
    assert decided().width == 80
    assert decided(environ={"COLUMNS": "120"}).width == 120
    assert decided(environ={"COLUMNS": "wide"}).width == 80
    assert decided(environ={"COLUMNS": "120"}, width=50).width == 50
    assert decided(width=1).width == 24


def test_controls_become_their_escapes() -> None:
    assert printable("a\x1b[31mb\x07\x9b\x7f") == r"a\x1b[31mb\x07\x9b\x7f"
    assert printable("\u202e\u200b\ufeff\u2028") == r"\u202e\u200b\ufeff\u2028"
    assert printable("\ud800\U000e0041") == r"\ud800\U000e0041"
    assert printable("a\r\nb\rc") == "a\nb\\x0dc"
    assert printable("漢 é [/foo]") == "漢 é [/foo]"


def test_tabs_go_to_the_next_stop() -> None:
    assert printable("\tx\n1\t2") == "    x\n1   2"


def test_ascii_escapes_the_rest_but_words_are_spelled() -> None:
    assert printable("é → 漢", ascii_only=True) == r"\xe9 \u2192 \u6f22"
    assert words("7.8 → 0.2, R² … 3 \u00d7 2", ascii_only=True) == "7.8 -> 0.2, R^2 ... 3 x 2"
    assert words("7.8 → 0.2") == "7.8 → 0.2"


def test_one_line_is_one_line() -> None:
    assert one_line("a\n  b\r\n\u2028c") == "a b c"


@given(st.text())
def test_no_text_survives_unprintable(text: str) -> None:
    assert all(char == "\n" or char.isprintable() or char.isspace() for char in printable(text))
    assert printable(text, ascii_only=True).isascii()
    assert len(shown(text)) == len(text)
    assert "\n" not in one_line(text)
