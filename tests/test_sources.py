"""Lines that a run named, made into spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainwhy.sources import (
    argument_line,
    assigned_span,
    call_span,
    called_from,
    line_span,
    name_span,
    nodes_of,
    tree_of,
    with_span,
)

STEP = """import tensorflow as tf


@tf.function
def train_step(model, optimizer, x, y):
\twith tf.GradientTape() as tape, other() as b:
\t\tverlust = tf.reduce_mean((y - model(x)) ** 2)
    # none
"""

GOOD = """def train_step(model, optimizer, x, y):
    with tf.GradientTape(
        persistent=True,
    ) as tape:
        größe = "漢字"; loss = loss_of(y, model(x))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(
        zip(
            gradients,
            model.trainable_variables,
        )
    )
    first, second = tape.gradient(a, [b]), tape.gradient(c, [d, e])
    (
        optimizer
        .apply_gradients(pairs)
    )
    for g, v in zip(gradients, model.trainable_variables):
        v = v - 0.1 * g
        total += 1
    return loss
"""


def marked(source: str, span) -> str | None:
    return None if span is None else source.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


def line_of(text: str, source: str = GOOD) -> int:
    return next(at for at, row in enumerate(source.split("\n"), 1) if text in row)


def test_a_call_on_one_line_is_marked_whole() -> None:
    span = call_span(GOOD, 6, "gradient", "here", primary=False)
    assert marked(GOOD, span) == "tape.gradient(loss, model.trainable_variables)"
    assert (span.label, span.primary, span.end_line) == ("here", False, 6)


@pytest.mark.parametrize("line", range(7, 13))
def test_a_call_over_several_lines_is_found_from_each_and_marked_by_what_is_called(line: int) -> None:
    span = call_span(GOOD, line, "apply_gradients", "")
    assert marked(GOOD, span) == "optimizer.apply_gradients"
    assert span.line == 7


def test_a_chain_over_several_lines_is_marked_by_its_name() -> None:
    at = line_of(".apply_gradients(pairs)")
    assert marked(GOOD, call_span(GOOD, at, "apply_gradients", "")) == "apply_gradients"
    assert marked(GOOD, call_span(GOOD, at - 1, "apply_gradients", "")) == "apply_gradients"


def test_columns_count_characters_not_bytes() -> None:
    at = line_of("größe")
    assert marked(GOOD, call_span(GOOD, at, "loss_of", "")) == "loss_of(y, model(x))"
    assert marked(GOOD, call_span(GOOD, at, "model", "")) == "model(x)"


def test_a_call_that_is_not_there_gives_nothing() -> None:
    assert call_span(GOOD, 6, "apply_gradients", "") is None
    assert call_span(GOOD, 999, "gradient", "") is None
    assert call_span(GOOD, 0, "gradient", "") is None
    assert call_span("", 1, "gradient", "") is None
    # a compound statement around the line is no statement of this line
    assert call_span(GOOD, 1, "gradient", "") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gradients = tape", "gradients"),
        ("first, second", "first, second"),
        ("for g, v", "g, v"),
        ("v = v", "v"),
        ("total +=", "total"),
    ],
)
def test_what_is_assigned(text: str, expected: str) -> None:
    assert marked(GOOD, assigned_span(GOOD, line_of(text), "")) == expected


def test_an_assignment_is_found_from_its_later_lines_but_a_loop_is_not() -> None:
    source = "a = f(\n  1,\n)\nfor x in y:\n    g(x)\n"
    assert marked(source, assigned_span(source, 2, "")) == "a"
    assert assigned_span(source, 5, "") is None


def test_the_header_of_the_block_around_a_line() -> None:
    assert marked(GOOD, with_span(GOOD, 5, "")) == "with tf.GradientTape("
    assert with_span(GOOD, 6, "") is None
    source = STEP.replace("    # none\n", "")
    assert marked(source, with_span(source, 7, "")) == "with tf.GradientTape() as tape, other() as b"
    assert marked(source, with_span(source, 6, "")) == "with tf.GradientTape() as tape, other() as b"


def test_a_line_from_its_first_to_its_last_character() -> None:
    assert marked(GOOD, line_span(GOOD, 6, "")) == "gradients = tape.gradient(loss, model.trainable_variables)"
    assert line_span("a\n   \n", 2, "") is None
    assert line_span("a\n", 9, "") is None


def test_a_name_is_not_a_part_of_another() -> None:
    source = "my = y - np.mean(y_true, y)\n"
    span = name_span(source, 1, "y", "")
    assert (span.column, span.end_column) == (6, 7)
    assert marked(source, name_span(source, 1, "np.mean", "")) == "np.mean"
    assert name_span(source, 1, "z", "") is None


LOOP = (
    "def step(x):\n    return f(x)\n\nrate = 0.1\nkept = [rate]\nfor x in data:\n    loss = step(x)\n    fit(x, rate)\n"
)


def test_a_line_inside_a_function_is_the_line_that_calls_it() -> None:
    assert called_from(LOOP, 2, 6, 8) == 7
    assert called_from(LOOP, 7, 6, 8) == 7
    assert called_from(LOOP, 2, 8, 8) == 2
    assert called_from("def f(:\n", 1, 4, 5) == 1


def test_an_argument_leads_to_where_it_was_made() -> None:
    assert argument_line(LOOP, 8, "fit", 1) == 4
    assert argument_line(LOOP, 8, "fit", 0) == 8
    assert argument_line(LOOP, 8, "fit", 5) == 8
    assert argument_line("def f(:\n", 1, "fit", 0) == 1


def test_a_file_that_does_not_parse_still_has_lines() -> None:
    broken = "def f(:\n    gradients = tape.gradient(loss, v)\n    with tf.GradientTape() as tape:\n  if a == b:\n"
    assert marked(broken, call_span(broken, 2, "gradient", "")) == "gradient"
    assert marked(broken, assigned_span(broken, 2, "")) == "gradients"
    assert marked(broken, with_span(broken, 3, "")) == "with tf.GradientTape() as tape"
    assert assigned_span(broken, 4, "") is None


def test_odd_escapes_in_a_learners_file_warn_nobody(recwarn) -> None:
    assert marked("x = f('\\d')", call_span("x = f('\\d')", 1, "f", "")) == "f('\\d')"
    assert not recwarn.list


@given(st.text(), st.integers(-3, 9), st.text(min_size=1, max_size=3))
def test_no_source_breaks_anything(source: str, line: int, name: str) -> None:
    for find in (assigned_span, with_span, line_span):
        find(source, line, "")
    call_span(source, line, name, "")
    name_span(source, line, name, "")


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\x00\n",
        "x = '\ud800'\n",
        "(" * 1000,
        "x = " + "-" * 50_000 + "1\n",
        "x = " + "1 + " * 5000 + "1\n",
        "x = " + "a." * 500 + "b\n",
        "def f(:\n",
        "x = " + "9" * 5000 + "\n",
    ],
    ids=["NUL", "surrogate", "brackets", "minus", "sum", "chain", "syntax", "digits"],
)
def test_what_is_no_python_or_nested_too_deeply_has_no_tree(source: str) -> None:
    assert tree_of(source) is None
    assert nodes_of(source) == []


def test_what_learners_write_has_a_tree() -> None:
    text = "x = " + " + ".join(["1"] * 60) + "\n"
    assert len(nodes_of(text)) > 100
    assert tree_of(text) is tree_of(text)
