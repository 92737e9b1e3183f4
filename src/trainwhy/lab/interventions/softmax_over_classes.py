"""Repair TW215: every softmax is taken over the last axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the softmax taken over the classes"


def install(session: Session) -> None:
    """Leave out the axis, however it was given."""

    def over_classes(original: Any, logits: Any, *args: Any, **kwargs: Any) -> Any:
        del args
        kwargs.pop("axis", None)
        return original(logits, **kwargs)

    session.wrap(tf.nn, "softmax", over_classes)
