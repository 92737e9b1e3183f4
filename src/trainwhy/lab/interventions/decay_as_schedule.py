"""Repair TW405: `decay` becomes the schedule it once was; other arguments that are gone are left out."""

from __future__ import annotations

import inspect
from typing import Any

import keras

from trainwhy.lab.session import Session

WORDS = "the argument turned into what replaced it"


def install(session: Session) -> None:
    """Look at what optimizers are made with."""
    kind = keras.optimizers.Optimizer
    known = {
        name
        for base in kind.__mro__
        if "__init__" in vars(base)
        for name in inspect.signature(base.__init__).parameters
    }

    def make(original: Any, optimizer: Any, *args: Any, **kwargs: Any) -> None:
        gone = {name: kwargs.pop(name) for name in list(kwargs) if name not in known} if session.running else {}
        decay, rate = gone.get("decay"), gone.get("lr", kwargs.get("learning_rate"))
        if isinstance(rate, (int, float)):
            kwargs["learning_rate"] = rate
            if decay:
                kwargs["learning_rate"] = keras.optimizers.schedules.InverseTimeDecay(rate, 1, decay)
        original(optimizer, *args, **kwargs)

    session.wrap(kind, "__init__", make)
