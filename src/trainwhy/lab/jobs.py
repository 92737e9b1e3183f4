"""One request, carried out: every process of the lab ends up here, forked or fresh."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import replace

import keras
import tensorflow as tf

from trainwhy.lab import describing, experiments, functions, libraries, loading, place, training, verifier
from trainwhy.lab.scripts import job
from trainwhy.lab.task import Experiment, Function, Task, Training
from trainwhy.results import Event, Request, Started

Emit = Callable[[Event], None]


def perform(request: Request, emit: Emit, *, sandbox: str = "none") -> None:
    """Do what the request asks and say what happened."""
    if request.job != "script":  # a script may still want to configure devices and threads, which no operation allows
        # The first operation makes the threads. A fork that was not safe hangs here, before any of a learner's code.
        tf.zeros(()).numpy()
    emit(Started(tf.__version__, keras.__version__, sandbox, platform.python_version()))
    if request.job == "script" and request.script is not None:
        job.watch(request, request.script, emit)
        return
    task = loading.task_of(request)
    if request.job == "judge":
        verifier.judge(request, task, emit)
        return
    if isinstance(task, Function) and request.job == "train":
        functions.respond(request, task, emit)
        return
    back = (place.remember(), libraries.remember())
    for seed, intervention in zip(request.seeds, request.interventions, strict=True):
        _once(replace(request, seed=seed, intervention=intervention), task, emit)
        for restore in back:
            restore()


def _once(request: Request, task: Task, emit: Emit) -> None:
    if request.job == "describe":
        emit(describing.describe(request, task))
    elif isinstance(task, Experiment):
        emit(experiments.measure(request, task))
    elif isinstance(task, Training):
        training.train(request, task, emit)
