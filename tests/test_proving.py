"""Judging proofs: proven only when every seed recovers, shows it again unchanged, and ignores the placebo."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recorded
from trainwhy import catalogue, proving
from trainwhy.catalogue import Entry
from trainwhy.proving import Trial, judge, progress
from trainwhy.results import Diagnosis, Epoch, Match, Run
from trainwhy.worker.replay import Replay

NAN, INF = math.nan, math.inf
HELPED = "the placebo helped as well with seed 0"
NOT_RECOVERED = "the repaired run with seed 0 did not recover"
NOT_AGAIN = "the unchanged run with seed 0 did not show it again"


def run(*losses: float, start: float | None = 8.0, steps: int = 1) -> Run:
    return Run(0, start_loss=start, epochs=tuple(Epoch(i + 1, loss) for i, loss in enumerate(losses)), steps=steps)


def matches(seen: Run) -> Match | None:
    return Match("it is so", ()) if seen.steps else None


ENTRY = Entry(
    Diagnosis("TW101", "a-b", "error", "", "", intervention="x", intervention_words="x repaired"),
    matches,
    "",
    "",
    "",
    "loss",
    None,
    None,
)
GOOD = Trial(0, reference=run(4.0, 0.0), baseline=run(8.0, 8.0), repaired=run(4.0, 0.1), placebo=run(8.0, 8.0))


@pytest.mark.parametrize("code", recorded.PROVEN)
def test_recorded_replays_prove_the_cause(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINWHY_CACHE", str(tmp_path))
    entry = recorded.entry_of(code)
    proof = recorded.proof(entry, Replay(recorded.FOLDER / code))
    assert (proof.status, proof.reason) == ("proven", "")
    assert proof.seeds == (0, 1, 2)
    assert proof.intervention == entry.diagnosis.intervention_words
    assert proof.measure == entry.measure_name
    assert len(proof.baseline) == len(proof.repaired) == len(proof.placebo) == 3
    assert proof.baseline != proof.repaired


def test_all_seeds_good_is_proven_with_every_number() -> None:
    proof = judge(ENTRY, [GOOD, replace(GOOD, seed=1)])
    assert proof.status == "proven"
    assert (proof.intervention, proof.measure, proof.placebo_name) == ("x repaired", "loss", proving.PLACEBO_WORDS)
    assert (proof.seeds, proof.start) == ((0, 1), (8.0, 8.0))
    assert (proof.baseline, proof.repaired, proof.placebo) == ((8.0, 8.0), (0.1, 0.1), (8.0, 8.0))


def test_nothing_tried_is_nothing_proven() -> None:
    assert judge(ENTRY, []).status == "likely"


@pytest.mark.parametrize(
    ("trial", "reason"),
    [
        (replace(GOOD, baseline=run(8.0, 8.0, steps=0)), NOT_AGAIN),
        (replace(GOOD, repaired=run(8.0, 8.0)), NOT_RECOVERED),
        (replace(GOOD, repaired=run(7.0, 4.1)), NOT_RECOVERED),  # less than half of the reference's way
        (replace(GOOD, baseline=run(5.0, 3.9), repaired=run(5.0, 2.0)), NOT_RECOVERED),  # hardly better than unchanged
        (replace(GOOD, repaired=run(NAN, NAN)), NOT_RECOVERED),
        (replace(GOOD, repaired=run(INF, INF)), NOT_RECOVERED),
        (replace(GOOD, repaired=run(-INF, -INF)), NOT_RECOVERED),
        (replace(GOOD, repaired=run()), NOT_RECOVERED),
        (replace(GOOD, repaired=Run(0)), NOT_RECOVERED),
        (replace(GOOD, reference=run()), NOT_RECOVERED),
        (replace(GOOD, reference=Run(0)), NOT_RECOVERED),
        (replace(GOOD, reference=run(NAN, NAN)), NOT_RECOVERED),
        (replace(GOOD, reference=run(8.0, 9.0)), NOT_RECOVERED),  # a reference that does not learn proves nothing
        (replace(GOOD, placebo=run(4.0, 0.1)), HELPED),
    ],
)
def test_each_objection_is_named_and_one_seed_is_enough(trial: Trial, reason: str) -> None:
    proof = judge(ENTRY, [replace(GOOD, seed=1), trial])
    assert (proof.status, proof.reason) == ("likely", reason)


@pytest.mark.parametrize("baseline", [run(NAN, NAN), run(INF, INF), run(9.0, 1e30), run(), run(start=None)])
def test_a_repair_of_a_run_that_exploded_or_never_began_is_proven(baseline: Run) -> None:
    assert judge(ENTRY, [replace(GOOD, baseline=baseline, placebo=baseline)]).status == "proven"


def test_the_losses_of_runs_without_rows_are_those_before_training() -> None:
    bare = run(start=None)
    proof = judge(ENTRY, [replace(GOOD, baseline=bare, placebo=run(), reference=run(4.0, 0.0, start=None))])
    assert math.isnan(proof.baseline[0])
    assert proof.placebo == (8.0,)
    assert proof.start == (4.0,), "the reference's first row, where nothing was measured before"
    empty = judge(ENTRY, [Trial(0, bare, bare, bare, bare)])
    assert math.isnan(empty.start[0])


def test_a_diagnosis_may_measure_something_else() -> None:
    by_steps = replace(
        ENTRY,
        measure_name="steps",
        measure=lambda seen: float(seen.steps),
        recovered=lambda before, after: after.steps > before.steps,
    )
    lost = Trial(0, run(), run(9.0, steps=1), run(9.0, steps=5), run(0.0, steps=1))
    proof = judge(by_steps, [lost])
    assert (proof.status, proof.measure, proof.start) == ("proven", "steps", ())
    assert (proof.baseline, proof.repaired, proof.placebo) == ((1.0,), (5.0,), (1.0,))
    assert judge(by_steps, [replace(lost, placebo=run(steps=5))]).reason == HELPED


@pytest.mark.parametrize("entry", catalogue.entries(), ids=lambda e: e.code)
def test_no_measure_breaks_on_a_run_that_never_came(entry: Entry) -> None:
    nothing = Run(seed=0)
    proof = judge(entry, [Trial(0, nothing, nothing, nothing, nothing)])
    assert proof.status == "likely"
    assert not (entry.recovered and entry.recovered(nothing, nothing))


def test_without_an_intervention_it_is_said_why() -> None:
    proof = proving.without_intervention(ENTRY)
    assert proof.status == "likely"
    assert proof.reason == "no repair of a-b can be made from outside the file"


@pytest.mark.parametrize(
    ("losses", "share"), [((8.0,), 0.0), ((4.0,), 0.5), ((0.0,), 1.0), ((16.0,), -1.0), ((), 0.0), ((NAN,), -INF)]
)
def test_progress_is_the_share_of_the_references_way(losses: tuple[float, ...], share: float) -> None:
    assert progress(run(*losses), run(4.0, 0.0)) == share


LOSSES = st.lists(st.floats(), max_size=3).map(tuple)
RUNS = st.builds(lambda start, losses: run(*losses, start=start), st.none() | st.floats(), LOSSES)


@given(RUNS, RUNS)
def test_progress_is_never_nan(treated: Run, reference: Run) -> None:
    assert not math.isnan(progress(treated, reference))


@given(RUNS, RUNS, RUNS)
def test_nothing_is_proven_when_the_placebo_did_what_the_repair_did(reference: Run, baseline: Run, same: Run) -> None:
    assert judge(ENTRY, [Trial(0, reference, baseline, same, same)]).status == "likely"
