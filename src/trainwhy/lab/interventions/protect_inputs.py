"""Repair TW138: whatever a step does to its data is undone after the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trainwhy.lab.interventions import protect_arrays

if TYPE_CHECKING:
    from trainwhy.lab.session import Session
    from trainwhy.lab.task import Array

WORDS = "the data put back after every step"


def install(session: Session) -> None:
    """Keep a copy of each batch and write it back into the same memory when the step ends."""
    if session.task is None:  # a whole script: nobody knows its batch
        protect_arrays.install(session)
        return
    kept: list[tuple[Array, Array]] = []

    def keep() -> None:
        arrays = [part for part in session.batch or () if isinstance(part, np.ndarray)]
        kept[:] = [(part, part.copy()) for part in arrays]

    def put_back() -> None:
        for part, copy in kept:
            if part.flags.writeable:
                part[...] = copy
        kept.clear()

    session.before_step.append(keep)
    session.after_step.append(put_back)
