"""Repair TW110: the model has its variables before the learner's code asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

from trainwhy.lab.scripts import asking
from trainwhy.lab.scripts.pending import key_of

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the model built before its variables are read"


def install(session: Session) -> None:
    """Build the model from one row of the task's data, now or, when there is no model yet, before the first step."""
    if session.task is None:
        _install_for_script(session)
        return

    def build() -> None:
        if session.model is not None and not session.model.built:
            row = session.task.data(session.request.seed).x[:1]
            session.model(tf.convert_to_tensor(row))

    build()
    session.before_step.append(build)


def _install_for_script(session: Any) -> None:
    """Ask for all that the tape watched, where the script asks for less than it had read too early."""

    def wanted(tape: Any, asked: list[Any]) -> list[Any] | None:
        readings = [keys for _, _, _, keys in getattr(session, "readings", ())]
        early = not asked or {key_of(v) for v in asked} in readings
        return asking.watched(session, tape) if early else None

    asking.install(session, wanted)
