"""What is seen of a script, of any kind: the rules and every face take whatever the wire takes."""

from __future__ import annotations

import gzip
import json as standard
import random
from dataclasses import replace
from functools import lru_cache
from typing import Any

from hypothesis import given, note

import watched
from fuzzing import CHANCES, bent, inputs
from looked_at import shown
from trainwhy import catalogue, chains, ladder, proving, replays, scripts, wire
from trainwhy.results import Ended, Request, Run, Script
from trainwhy.running import Gathered

REQUEST = Request(job="script", exercise="", script=Script("mine.py", "."))


@lru_cache(maxsize=1)
def recordings() -> tuple[dict[str, Any], ...]:
    """Every recorded script that is not too long to be damaged often."""
    texts = (gzip.decompress(file.read_bytes()) for file in sorted(watched.FOLDER.glob("*.gz")))
    return tuple(standard.loads(text) for text in texts if len(text) < 60_000)


@inputs("observation of a script")
@given(chance=CHANCES)
def test_any_observation_ends_in_a_report_that_every_face_can_show(chance: random.Random) -> None:
    document = bent(chance.choice(recordings()), chance)
    note(standard.dumps(document)[:3000])
    try:
        run = wire.load(standard.dumps(document), Run)
    except wire.WireError:
        return
    found = catalogue.matching(run)
    findings = [catalogue.finding(entry, match) for entry, match in found]
    if found:
        entry = found[0][0]
        list(replays._lengths(REQUEST, run, entry, 9))
        if entry.code in ladder.RUNGS:
            ladder.steps(run)
        proof = proving.judge(entry, [proving.Trial(0, run, run, run, run)])
        findings[0] = replace(findings[0], proof=proof)
    report = scripts._report("mine.py", run.source, Gathered(Ended("finished", 1.0), (run,)), run, confined=True)
    report = scripts.in_their_files(scripts._concluded(report, tuple(findings), run))
    report = replace(report, findings=tuple(replace(f, chain=chains.chain(run, f)) for f in report.findings))
    shown(report, chance)
