"""The plain face reads well aloud: sentences, no drawing, no alignment."""

from __future__ import annotations

import re

import pytest

import reports
from trainwhy.faces import plain
from trainwhy.faces.style import EpochTable, Style
from trainwhy.results import Epoch


def test_an_epoch_is_one_sentence() -> None:
    row = plain.epoch_row(Style(), EpochTable(total=5), Epoch(3, 0.516, {}, 4, 4), 1.03, 7.854, Epoch(3, 0.4, {}, 4, 4))
    assert row == "Epoch 3 of 5: loss 0.516, healthy 0.4, 4 of 4 variables moved, fell by half.\n"


@pytest.mark.parametrize("name", [name for name in reports.ALL if name != "hostile"])
def test_nothing_is_drawn_or_aligned(name: str) -> None:
    shown = plain.report(Style(), reports.ALL[name](), help=True)
    assert not re.search(r"[━─│┃┏┗╭╮╰╯┤●✔✗→]|\^\^|--|  \S", shown)


@pytest.mark.parametrize("name", reports.ALL)
def test_nothing_can_act_on_the_terminal(name: str) -> None:
    shown = plain.report(Style(), reports.ALL[name](), help=True)
    assert not {char for char in shown if char != "\n" and not char.isprintable()}


def test_a_finding_says_where_with_the_code() -> None:
    shown = plain.findings(Style(), reports.broadcast(), help=True)
    assert "Line 10 of C:/data/train_sales.py: return tf.reduce_mean(tf.square(y - pred))\n" in shown
    assert "There, at y - pred: shape (64, 64): every target against every prediction.\n" in shown
    assert 'With the line: y = batch["price"][:, None]\n' in shown
    assert "R squared" in shown


def test_help_is_withheld_in_the_tutor() -> None:
    shown = plain.findings(Style(), reports.never_applied(), help=False)
    assert "apply_gradients" not in shown
    assert shown.endswith("For a hint, type: trainwhy hint\n")


def test_a_fault_of_ours_does_not_read_as_theirs() -> None:
    assert "not a fault in your code" in plain.failure(Style(), reports.ours())


def test_ascii_only_where_nothing_else_can_be_written() -> None:
    for make in reports.ALL.values():
        assert plain.report(Style(unicode=False), make(), help=True).isascii()
