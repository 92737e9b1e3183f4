"""How long replays are and how many there are: decided by what was seen, and bounded by what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from trainwhy import proving, replays
from trainwhy.catalogue import Entry
from trainwhy.results import Diagnosis, Ended, Event, Failure, Match, Observed, Request, Run, Script
from trainwhy.seen import Seen, StepSeen

FIX = "fix_it"
TREATMENTS = (proving.UNCHANGED, FIX, proving.PLACEBO)


def trained(steps: int, *, falls: bool, seconds: float = 1.0, stopped: str = "") -> Run:
    """A run whose loss falls from 1 to 0, or stays."""
    losses = tuple(StepSeen(n, 0, 1 - n / steps if falls else 1.0) for n in range(steps))
    return Run(0, steps=steps, loop="script", seen=Seen(steps=losses, seconds=seconds, stopped=stopped))


def recovers_at_once(request: Request) -> Run:
    return trained(20, falls=request.intervention == FIX)


@dataclass
class Runs:
    """A worker that answers by a function and remembers what it was asked."""

    answer: Callable[[Request], Run | None] = recovers_at_once
    asked: list[Request] = field(default_factory=list)

    def run(self, request: Request) -> Iterator[Event]:
        self.asked.append(request)
        run = self.answer(request)
        if run is not None:
            yield Observed(run)
        yield Ended("finished" if run is not None else "killed", 0.1)

    def cancel(self) -> None: ...

    def close(self) -> None: ...

    def lengths(self) -> set[int | None]:
        return {request.script.steps for request in self.asked if request.script is not None}


ENTRY = Entry(
    Diagnosis("TW199", "a-b", "error", "", "", intervention=FIX, intervention_words="it fixed"),
    lambda run: Match("it is so", ()) if run.steps else None,
    "", "", "", "loss", None, None,
)  # fmt: skip
REQUEST = Request("script", "", script=Script("a.py", "."))


def prove(worker: Runs, seen: Run, entry: Entry = ENTRY) -> proving.Proof:
    return replays.prove(worker, REQUEST, seen, entry)


def test_three_seeds_are_replayed_on_two_ninths_of_the_steps() -> None:
    worker = Runs()
    assert prove(worker, trained(900, falls=False)).status == "proven"
    assert worker.lengths() == {200}
    assert sorted((r.seed, r.intervention) for r in worker.asked) == sorted(
        (s, t) for s in range(3) for t in TREATMENTS
    )


def test_a_short_training_is_given_a_few_steps_all_the_same() -> None:
    worker = Runs()
    prove(worker, trained(20, falls=False))
    assert worker.lengths() == {replays.FEWEST}


def test_a_seed_that_objects_leaves_the_others_out() -> None:
    worker = Runs(lambda _: trained(20, falls=False))
    proof = prove(worker, trained(900, falls=False, seconds=100.0))
    assert proof.status == "likely"
    assert proof.reason == "the repaired run with seed 0 is the unchanged one, number for number"
    assert {request.seed for request in worker.asked} == {0}


def test_what_hurts_later_is_replayed_to_the_end_where_that_is_cheap() -> None:
    worker = Runs(
        lambda r: trained(20, falls=r.intervention == FIX and r.script is not None and r.script.steps is None)
    )
    assert prove(worker, trained(900, falls=False, seconds=2.0)).status == "proven"
    assert worker.lengths() == {200, None}


def test_a_training_that_was_ended_is_replayed_no_further_than_it_was_seen() -> None:
    worker = Runs(lambda _: trained(20, falls=False))
    prove(worker, trained(900, falls=False, seconds=2.0, stopped="seconds"))
    assert worker.lengths() == {200, 900}


def test_a_replay_goes_as_far_as_the_mistake_is_seen() -> None:
    worker = Runs()
    assert prove(worker, trained(900, falls=False), replace(ENTRY, reach=lambda _: 310)).status == "proven"
    assert worker.lengths() == {310}


def test_a_proof_that_would_take_too_long_is_left_out_and_says_so() -> None:
    worker = Runs()
    proof = prove(worker, trained(900, falls=False, seconds=60.0), replace(ENTRY, reach=lambda _: 600))
    assert (proof.status, worker.asked) == ("likely", [])
    assert "about 360 s" in proof.reason


def test_few_slow_steps_are_not_replayed_beyond_twice_the_training() -> None:
    worker = Runs()
    prove(worker, trained(18, falls=False, seconds=60.0))
    assert worker.lengths() == {4}


def test_a_script_that_broke_is_replayed_a_little_further() -> None:
    worker = Runs()
    prove(worker, replace(trained(30, falls=False), error=Failure("ValueError", "no")))
    assert worker.lengths() == {30 + replays.FEWEST}


def test_a_script_that_broke_at_once_is_replayed_however_long_its_tracing_took() -> None:
    worker = Runs()
    prove(worker, replace(trained(1, falls=False, seconds=30.0), error=Failure("ValueError", "no")))
    assert worker.lengths() == {1 + replays.FEWEST}


def test_a_replay_that_leaves_no_record_is_said() -> None:
    proof = prove(Runs(lambda r: None if r.intervention == FIX else trained(20, falls=False)), trained(90, falls=False))
    assert proof.status == "likely"
    assert proof.reason == "a replay ended without a record of what it did (killed)"


def test_without_a_repair_the_reason_is_given_and_nothing_runs() -> None:
    worker = Runs()
    entry = replace(ENTRY, diagnosis=replace(ENTRY.diagnosis, intervention=""), unrepaired="nobody knows")
    assert prove(worker, trained(90, falls=False), entry).reason.endswith("from outside the file: nobody knows")
    assert worker.asked == []
