"""Trained reference models, kept in a process that judges many files with the same seeds: each is trained once.

Only the verifier's own processes hold them; nothing of a learner ever runs there. Whoever judges draws the seeds in
secret, and a judge that draws new ones for each file finds nothing here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from trainwhy.lab.task import Training
from trainwhy.results import Request

MOST = 64  # small models; the one that was not asked for the longest goes first

Train = Callable[[Request, Training], Any]


def kept(train: Train) -> Train:
    """Train a reference once for each exercise, solution and seed; every caller gets it with its trained weights."""
    models: OrderedDict[tuple[object, ...], tuple[Any, list[Any]]] = OrderedDict()

    @wraps(train)
    def remembered(request: Request, task: Training) -> Any:
        key = (
            request.exercise,
            request.practice,
            request.source,
            request.entry,
            request.seed,
            request.epochs,
            request.varied,
        )
        if key not in models:
            model = train(request, task)
            models[key] = (model, list(model.get_weights()))
        models.move_to_end(key)
        while len(models) > MOST:
            models.popitem(last=False)
        model, weights = models[key]
        model.set_weights(weights)
        return model

    return remembered
