"""What counts as the same, and how a difference is shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from trainwhy.lab.comparing import compare, same
from trainwhy.lab.task import Function

pytestmark = pytest.mark.tf


@pytest.mark.parametrize(
    ("right", "mine", "equal"),
    [
        (0.5, 0.5 + 1e-9, True),
        (0.5, np.float64(0.5), True),  # a float, as `isinstance` says
        (0.5, np.float32(0.5), False),
        (0.5, np.asarray(0.5), False),
        (1.0, 1, True),
        (1.0, True, False),
        ({"a": 0.5}, {"a": np.float64(0.5)}, True),
        ("a", np.str_("a"), False),
    ],
)
def test_a_number_is_the_same_by_value_and_kind(right: Any, mine: Any, equal: bool) -> None:
    assert same(right, mine) is equal


def test_a_number_of_another_kind_is_shown_as_what_it_is() -> None:
    task = Function(calls=lambda seed: [()], columns=("", "", ""))
    (goal,) = compare(task, [()], [{"loss": 1 / 3}], [{"loss": np.float32(1 / 3)}]).goals
    assert goal.words == "case 1: expected {'loss': 0.3333}, the function returned {'loss': np.float32(0.3333)}"
