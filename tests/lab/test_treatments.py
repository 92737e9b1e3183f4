"""Several treatments in one process: each is the training that a process of its own would have made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trainwhy import catalogue, running
from trainwhy.results import Request, Run
from trainwhy.worker.process import ProcessWorker

pytestmark = [pytest.mark.tf, pytest.mark.slow]


@pytest.mark.parametrize("code", ["TW101", "TW103", "TW104", "TW113", "TW123", "TW133"])
def test_what_was_done_before_leaves_nothing_behind(worker: ProcessWorker, code: str) -> None:
    entry = catalogue.find(code)
    assert entry is not None
    known = entry.diagnosis
    asked = Request("train", "", practice=known.practice, source=entry.broken, name="example.py", epochs=2)
    order = (known.intervention, "placebo", "", known.intervention, "")
    mixed = replace(asked, intervention=order[0], more_interventions=order[1:], more_seeds=(0, 0, 1, 0))
    alone = [replace(asked, intervention=name, seed=seed) for name, seed in zip(order, mixed.seeds, strict=True)]
    together = running.gather(worker, mixed).runs
    assert [numbers(one) for one in together] == [
        numbers(run) for one in running.side_by_side(worker, alone) for run in one.runs
    ]
    assert numbers(together[0]) != numbers(together[2]), "the repair reaches the run"


def numbers(run: Run) -> object:
    error = run.error and run.error.type
    epochs = [replace(one, seconds=0.0) for one in run.epochs]
    return repr([run.seed, error, run.steps, run.start_loss, epochs, [one.change for one in run.variables]])
