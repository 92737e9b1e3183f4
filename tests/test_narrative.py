"""Words made from numbers, by rules."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainwhy.narrative import (
    column_number,
    count,
    curve_sentence,
    happened,
    loss_number,
    number,
    percent,
    plural,
    short_loss,
    trend,
    value,
)
from trainwhy.results import Epoch

NAN, INF = math.nan, math.inf


def epoch(loss: float, at: int = 2, *, moved: int = 4, reported: float | None = None) -> Epoch:
    return Epoch(at, loss, {}, moved, 4, 1.0, reported)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (7.8542, "7.85"), (0.25133, "0.251"), (0.4, "0.4"), (1234.5, "1,230"), (60.0, "60"), (0.0, "0"), (-0.0, "0"),
        (-1.5, "-1.5"), (0.00012345, "0.000123"), (0.0000123, "1.23e-5"), (1.5e7, "1.5e7"), (1e100, "1e100"),
        (999.96, "1,000"), (0.99999, "1"), (NAN, "NaN"), (INF, "infinity"), (-INF, "-infinity"), (100.0, "100"),
        (1e300 * 1.0, "1e300"), (5e-324, "4.94e-324"),
    ],
)  # fmt: skip
def test_number_has_three_digits(x: float, expected: str) -> None:
    assert number(x) == expected


@pytest.mark.parametrize(
    ("x", "expected"),
    [(7.8542, "7.854"), (0.25133, "0.251"), (0.4, "0.400"), (12.345, "12.35"), (12345.6, "12,350"), (0.0, "0.000"),
     (0.99999, "1.000"), (1.0, "1.000"), (NAN, "NaN"), (-7.9, "-7.900"), (1.2345e9, "1.234e9")],
)  # fmt: skip
def test_a_loss_keeps_three_decimals_where_it_can(x: float, expected: str) -> None:
    assert loss_number(x) == expected


def test_other_numbers() -> None:
    assert column_number(1.2) == "1.20"
    assert column_number(NAN) == "NaN"
    assert column_number(0.0) == "0"
    assert short_loss(3.0) == "3"
    assert count(4096) == "4,096"
    assert plural(1, "step") == "1 step"
    assert plural(4096, "step") == "4,096 steps"
    assert plural(0, "entry", "entries") == "0 entries"
    assert percent(0.123) == "12 %"
    assert [value(x) for x in (True, False, 4097, 0.25, None, "(32, 10)")] == [
        "yes",
        "no",
        "4,097",
        "0.25",
        "none",
        "(32, 10)",
    ]


@given(st.floats(-1e307, 1e307))
def test_a_number_is_never_cut(x: float) -> None:
    shown = float(number(x).replace(",", ""))
    assert shown == pytest.approx(x, rel=0.006, abs=1e-320)
    assert float(loss_number(x).replace(",", "")) == pytest.approx(x, rel=0.006, abs=1e-320)


@pytest.mark.parametrize(
    ("loss", "before", "start", "expected"),
    [
        (3.9, 7.85, 7.85, "fell by half"),
        (1.2, 3.9, 7.85, "fell 69 %"),
        (0.25, 0.32, 7.85, "still falling a little"),
        (0.0001, 5.0, 7.85, "fell to almost nothing"),
        (1.12, 1.0, 7.85, "rose 12 %"),
        (2.0, 1.0, 7.85, "doubled"),
        (5.0, 1.0, 7.85, "rose 5-fold"),
        (1.00001, 1.0, 7.85, "hardly changed"),
        (1.0, 1.0, 7.85, "stayed the same"),
        (NAN, 1.0, 7.85, "became NaN"),
        (NAN, NAN, 7.85, "is still NaN"),
        (INF, 1.0, 7.85, "became infinite"),
        (-INF, 1.0, 7.85, "became minus infinite"),
        (1.0, NAN, 7.85, "became a number again"),
        (1.0, None, None, "the first measurement"),
        (3.9, None, 7.8, "fell by half"),
        (-9.0, -8.0, 7.8, "fell 12 %"),
        (1.0, 0.0, 0.0, "doubled"),
    ],
)
def test_what_happened(loss, before, start, expected) -> None:
    assert happened(epoch(loss), before, start) == expected


def test_standing_still_is_said_before_the_loss() -> None:
    assert happened(epoch(3.0, moved=0), 3.0, 3.0) == "no weight changed"
    assert happened(epoch(NAN, moved=0), 3.0, 3.0) == "became NaN"
    assert happened(Epoch(1, 3.0), 6.0, 6.0) == "fell by half"


def test_a_printed_loss_of_the_other_sign_is_named() -> None:
    assert happened(epoch(12.0, reported=-11.5), 8.0, 8.0) == "rose 50 %; reported -11.5"
    assert "reported" not in happened(epoch(12.0, reported=11.5), 8.0, 8.0)


@pytest.mark.parametrize(
    ("start", "losses", "expected"),
    [
        (8.0, [4.0, 2.0], "falls"), (8.0, [8.0, 8.0], "same"), (8.0, [9.0, 30.0], "rises"), (8.0, [NAN, 3.0], "nan"),
        (8.0, [INF], "rises"), (None, [], ""), (None, [3.0], ""), (8.0, [], ""), (None, [3.0, 2.0], "falls"),
        (8.0, [7.99], "same"), (0.0, [0.0], "same"), (INF, [INF], "same"), (INF, [3.0], "falls"),
    ],
)  # fmt: skip
def test_trend(start, losses, expected) -> None:
    assert trend(start, [epoch(loss, at) for at, loss in enumerate(losses, 1)]) == expected


def test_the_sentence_of_a_curve() -> None:
    stuck = [epoch(7.8542, at) for at in (1, 2, 3)]
    falling = [epoch(loss, at) for at, loss in ((1, 3.9), (2, 1.2), (3, 0.25133))]
    assert curve_sentence(stuck, falling, 7.8542) == "Your loss stays at 7.854; the healthy one falls to 0.251."
    assert curve_sentence(falling) == "Your loss falls to 0.251."
    assert curve_sentence([epoch(3.0, 1), epoch(NAN, 2)], (), 4.0) == "Your loss becomes NaN in epoch 2."
    dipping = [epoch(loss, at) for at, loss in ((1, 1.5), (2, 1.0), (3, 9.0))]
    assert curve_sentence(dipping, (), 4.0) == "Your loss dips to 1 in epoch 2, then climbs to 9."
    assert curve_sentence([epoch(3.0, 1)]) == "Your loss is 3."
    assert curve_sentence([]) == ""


@given(st.floats(), st.none() | st.floats(), st.none() | st.floats())
def test_no_number_is_without_words(loss, before, start) -> None:
    assert happened(epoch(loss), before, start)
    assert trend(start, [epoch(loss, 1)]) in ("falls", "same", "rises", "nan", "")
    assert curve_sentence([epoch(loss, 1)], (), start)
