"""Repair TW201, TW206, TW207 and TW208: a loss of probabilities is given probabilities.

What stands wrongly behind the last layer (`relu`, `tanh`) is taken off, and a sigmoid or softmax is put on: the same as
handing over the raw values with `from_logits=True`. Logarithms written by hand are treated alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab.scripts import gates, makers
from trainwhy.lab.scripts.gates import BINARY, REGRESSION, Meeting
from trainwhy.lab.scripts.makers import Makers
from trainwhy.lab.scripts.undoing import BOUNDED, NORMALIZED, behind, made_by, squashed, width
from trainwhy.lab.session import Session

WORDS = "the outputs turned into probabilities before the loss"
LOOSE = BOUNDED - NORMALIZED
NEAR = 8  # operations walked back from a logarithm


def install(session: Session) -> None:
    """Change what goes through the losses."""
    known, open_gates = makers.install(session), gates.install(session)
    open_gates.repairs.append(lambda meeting: _repair(known, meeting))

    def by_hand(original: Callable[..., Any], value: Any, *args: Any, **kwargs: Any) -> Any:
        own = session.running and session.recording and not known.layers and not open_gates.on
        if own and isinstance(value, tf.Tensor) and not _normalized(known, value):
            value = squashed(value, single=width(value) == 1)
        return original(value, *args, **kwargs)

    for owner, name in ((tf.math, "log"), (tf, "clip_by_value")):
        session.wrap(owner, name, by_hand)


def _repair(known: Makers, meeting: Meeting) -> None:
    if meeting.family == REGRESSION:
        return
    loose = behind(known, meeting.y_pred, LOOSE)
    value = meeting.y_pred if loose is None else loose
    if meeting.from_logits:
        meeting.y_pred = value
    elif not made_by(known, meeting.y_pred, NORMALIZED) and not hasattr(meeting.y_pred, "_keras_logits"):
        meeting.y_pred = squashed(value, single=meeting.family == BINARY)


def _normalized(known: Makers, value: Any) -> bool:
    """Tell whether a few operations before there is a sigmoid or softmax already."""
    maker = known.of(value)
    for _ in range(NEAR):
        if maker is None or maker.type in NORMALIZED | {"Sum"} or not maker.inputs:
            return True
        before = [known.of(one) for one in maker.inputs if one is not None]
        if maker.type in ("BiasAdd", "MatMul", "Conv2D", "Relu", "Tanh", "ReadVariableOp"):
            return False
        maker = next((one for one in before if one is not None and one.type not in ("Const", "ReadVariableOp")), None)
    return True
