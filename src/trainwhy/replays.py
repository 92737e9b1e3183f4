"""Replays of a script: unchanged, repaired and with the placebo, from the same seeds, as long as it takes to decide.

All replays of a proof together train at most twice as long as the script was observed: each is given two ninths of its
steps. Some mistakes are seen only later (a second compile, an evaluation at the end), or hurt only after a while. Then
a replay goes as far as it has to, up to the whole training, while the proof takes no more seconds of training than the
observing may (`--seconds`); beyond that the finding stays likely, and says what a proof would have cost. One seed goes
first: when it objects, the others could not make it proven any more, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trainwhy import ladder, proving, running
from trainwhy.catalogue import Entry
from trainwhy.results import Proof, Request, Run, Script, Variable
from trainwhy.worker import Worker

FEWEST = 12  # steps of a replay that every proof may have, where it has the time
SHARE = 2 / 9  # of the observed steps: three seeds, each three times, make twice the training
TWICE = 2.01  # trainings that a proof adds without asking for the time they take
PATIENCE = 60.0  # seconds of training that a proof may take beyond that, where `--seconds` says nothing else


def prove(worker: Worker, request: Request, run: Run, entry: Entry, seeds: int = 3) -> Proof:
    """Replay the script unchanged, repaired and with the placebo on several seeds, side by side, and judge."""
    if not entry.diagnosis.intervention:
        return proving.without_intervention(entry)
    proof: Proof | None = None
    for script in _lengths(request, run, entry, 3 * seeds):
        if not _affordable(run, script, 3 * seeds):
            return proof or proving.without_time(entry, _cost(run, script, 3 * seeds))
        proof = _trials(worker, replace(request, script=script), run, entry, seeds)
        if proof.status == "proven":
            break
    return proof or proving.without_intervention(entry)


def _trials(worker: Worker, request: Request, run: Run, entry: Entry, seeds: int) -> Proof:
    """Judge the first seed, and all of them where that one has no objection."""
    treatments = (proving.UNCHANGED, entry.diagnosis.intervention, proving.PLACEBO)
    trials: list[proving.Trial] = []
    for some in ([0], list(range(1, seeds))):
        plan = [(seed, name) for seed in some for name in treatments]
        gathered = running.side_by_side(worker, [replace(request, seed=s, intervention=name) for s, name in plan])
        lost = next((one for one in gathered if one.run is None), None)
        if lost is not None:
            return proving.without_record(entry, lost.ended.outcome)
        runs = {key: _as_seen(one.run, run, key[0]) for key, one in zip(plan, gathered, strict=True)}
        trials += [proving.Trial(seed, run, *(runs[seed, name] for name in treatments)) for seed in some]
        if proving.judge(entry, trials).status != "proven":
            break
    return proving.judge(entry, trials)


# ------------------------------------------------------------------------------------------- how far a replay goes


def _lengths(request: Request, run: Run, entry: Entry, replays: int) -> Iterator[Script]:
    """The bounds of a replay, the shortest first."""
    script = request.script
    if script is None:
        return
    stopped = run.seen is not None and bool(run.seen.stopped)
    whole = replace(script, steps=run.steps) if stopped and run.steps else script
    if run.error is not None:  # it has to come as far as where it broke, and a little further
        yield replace(script, steps=run.steps + FEWEST, epochs=entry.epochs or script.epochs)
        return
    if entry.epochs is not None:  # a cause that shows only at the turn of an epoch
        yield replace(whole, epochs=entry.epochs or script.epochs)
    elif entry.reach is None:
        few = max(FEWEST, int(SHARE * run.steps))
        first = replace(script, steps=min(few, run.steps) if stopped else few)
        yield first if _affordable(run, first, replays) else replace(script, steps=max(2, int(SHARE * run.steps)))
    elif (far := entry.reach(run)) is not None and far < run.steps:
        yield replace(script, steps=far)
    yield whole


def _affordable(run: Run, script: Script, replays: int) -> bool:
    if run.error is not None and run.steps <= FEWEST:  # its seconds are those of tracing: they say nothing about steps
        return True
    return replays * _share(run, script) <= TWICE or _cost(run, script, replays) <= (script.seconds or PATIENCE)


def _cost(run: Run, script: Script, replays: int) -> float:
    """Seconds of training that the replays of a proof take, one after another."""
    return replays * _share(run, script) * (run.seen.seconds if run.seen is not None else 0.0)


def _share(run: Run, script: Script) -> float:
    """How much of the observed training one replay is."""
    steps = script.steps / run.steps if script.steps is not None and run.steps else 1.0
    epochs = script.epochs / len(run.epochs) if script.epochs is not None and run.epochs else 1.0
    return min(steps, epochs, 1.0)


# ------------------------------------------------------------------------------------------- other learning rates


def climb(worker: Worker, request: Request, run: Run, entry: Entry, seeds: int = 3) -> Proof | None:
    """Replay with other learning rates; one that learns clearly on every seed is the proof, else there is none."""
    steps = ladder.steps(run)
    names = ("", *ladder.RUNGS[entry.code])
    first = _rungs(worker, request, run, [(0, name) for name in names], steps)
    rung = ladder.best(first[0, ""], {name: first[0, name] for name in names[1:]})
    if not rung:
        return None
    chosen = ladder.on(entry, rung)
    treatments = ("", rung, proving.PLACEBO)
    plan = [(seed, name) for seed in range(seeds) for name in treatments if (seed, name) not in first]
    runs = first | _rungs(worker, request, run, plan, steps)
    trials = [proving.Trial(seed, run, *(runs[seed, name] for name in treatments)) for seed in range(seeds)]
    proof = proving.judge(chosen, trials)
    return proof if proof.status == "proven" else None


def _rungs(
    worker: Worker, request: Request, run: Run, plan: Sequence[tuple[int, str]], steps: int
) -> dict[tuple[int, str], Run]:
    script = replace(request.script, steps=steps) if request.script is not None else None
    asked = [replace(request, seed=seed, intervention=name, script=script) for seed, name in plan]
    gathered = running.side_by_side(worker, asked)
    return {key: _as_seen(one.run, run, key[0]) for key, one in zip(plan, gathered, strict=True)}


# ------------------------------------------------------------------------------------------- what a replay is taken for


def _as_seen(replayed: Run | None, run: Run, seed: int) -> Run:
    """A replay is watched, not looked at: what the look saw of the script holds for it too."""
    if replayed is None:
        return Run(seed=seed, source=run.source)
    return replace(
        replayed, look=run.look, ops=run.ops, later_ops=run.later_ops, leaves=run.leaves, calls=run.calls,
        gradient_calls=run.gradient_calls, updates=run.updates, check=run.check,
        variables=tuple(with_directions(replayed.variables, run)),
    )  # fmt: skip


def with_directions(variables: Sequence[Variable], looked: Run) -> Iterator[Variable]:
    """Directions need the values of gradients, which only the look has in every form."""
    known = {one.name: one for one in looked.variables}
    for one in variables:
        other = known.get(one.name, one)
        cosine = other.first_cosine if one.first_cosine is None else one.first_cosine
        yield replace(
            one, first_cosine=cosine, reference_cosine=other.reference_cosine, update_cosine=other.update_cosine
        )
