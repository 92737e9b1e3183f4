"""The contract of every diagnosis: its page, its words, and its two examples through the real worker."""

from __future__ import annotations

import ast
import os
import re
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from trainwhy import catalogue, check, ladder, replays, running, scripts
from trainwhy.catalogue import Entry
from trainwhy.results import Evidence, Match, Request, Run, Script
from trainwhy.worker.process import ProcessWorker

HEADINGS = ["What happens", "Why it hurts", "How it shows", "Fix", "Known limits", "References"]
LOOP, OUTPUT = range(101, 139), range(201, 224)
DATA = (301, *range(303, 311), 313, *range(317, 323))
STATE = (*range(401, 413), 414, 418, 420, 422, 423, 424)
NEEDED = {f"TW{n}" for n in (*LOOP, *OUTPUT, *DATA, *STATE)}
SMALL_WORDS = re.compile(r"\b(simply|just|illegal|oops)\b|!", re.IGNORECASE)

WHOLE = os.environ.get("TRAINWHY_BANK") == "all"
# A proof takes three seeds. For the many that replay whole scripts CI takes one, and `TRAINWHY_BANK=all` three.
SEEDS = 3 if WHOLE else 1


def some(share: int) -> pytest.MarkDecorator:
    """Every diagnosis of a training step, and one in `share` of those of whole scripts, whose runs take longer."""
    chosen = [
        entry
        for number, entry in enumerate(catalogue.entries())
        if WHOLE or entry.diagnosis.practice != "script" or number % share == 0
    ]
    return pytest.mark.parametrize("entry", chosen, ids=lambda e: e.code)


every = some(1)


def request_for(entry: Entry, source: str, seed: int = 0) -> Request:
    return Request(
        job="train", exercise="", practice=entry.diagnosis.practice, source=source, name="example.py", seed=seed
    )


def script_for(folder: Path, source: str) -> Request:
    path = folder / "example.py"
    path.write_text(source, encoding="utf-8")
    script = Script(str(path), str(folder), environment=dict(os.environ))
    return scripts.request_for(
        script, source, scripts.Limits(seconds=300)
    )  # a proof is not cut short by a busy machine


HOME = tempfile.TemporaryDirectory(prefix="trainwhy-examples-")  # the examples lie here until the tests are over


@cache
def run_of(worker: ProcessWorker, source: str) -> tuple[Request, Run]:
    """A diagnosis of whole scripts has scripts for examples; they are watched and looked at as `check` does it."""
    request = script_for(Path(tempfile.mkdtemp(dir=HOME.name)), source)
    run = scripts.observe(worker, request)
    assert run is not None
    return request, run


def matches(worker: ProcessWorker, entry: Entry, source: str, seed: int = 0) -> tuple[tuple[Entry, Match], ...]:
    if entry.diagnosis.practice == "script":
        return catalogue.matching(run_of(worker, source)[1])
    gathered = running.gather(worker, request_for(entry, source, seed))
    assert gathered.run is not None, gathered.ended
    return catalogue.matching(gathered.run)


def test_the_needed_diagnoses_are_there_once() -> None:
    codes = Counter(entry.code for entry in catalogue.entries())
    assert set(codes) >= NEEDED
    assert max(codes.values()) == 1


@every
def test_the_page_has_its_headings_in_order(entry: Entry) -> None:
    lines = [line.strip() for line in entry.page.splitlines()]
    assert [line for line in lines if line in HEADINGS] == HEADINGS


@every
def test_the_words_keep_the_house_rules(entry: Entry) -> None:
    known = entry.diagnosis
    assert re.fullmatch(r"TW[1-4]\d\d", known.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", known.name)
    assert known.why
    assert known.help
    for text in (known.why, known.help):
        assert not SMALL_WORDS.search(text), text
    assert bool(known.intervention) == bool(known.intervention_words)
    assert bool(known.intervention) != bool(entry.unrepaired), "without a repair it has to say why"
    assert not SMALL_WORDS.search(entry.unrepaired)


@every
def test_the_examples_are_short_python(entry: Entry) -> None:
    for source in (entry.broken, entry.fixed):
        ast.parse(source)
        assert len(source.strip().splitlines()) <= 20


@every
def test_nothing_is_found_in_a_run_that_shows_nothing(entry: Entry) -> None:
    assert entry.match(Run(seed=0)) is None


@pytest.mark.tf
@some(2)  # the recordings of the others are in test_rules_recorded
def test_the_broken_example_yields_exactly_its_code(entry: Entry, worker: ProcessWorker) -> None:
    found = matches(worker, entry, entry.broken)
    assert [e.code for e, _ in found] == [entry.code]
    match = found[0][1]
    assert len(match.title) <= 80
    assert match.title[0] == match.title[0].lower() or match.title[0] == "`"
    assert not match.title.endswith(".")
    assert not re.search(r"\byour?\b", match.title)
    assert match.evidence
    if entry.diagnosis.level == "error":
        assert any(_is_number(evidence) for evidence in match.evidence), match.evidence
    assert match.spans, "the example has a guilty line, and it has to be shown"
    lines = entry.broken.splitlines()
    for span in match.spans:
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert len(span.label) <= 50
    assert sum(span.primary for span in match.spans) == 1


@pytest.mark.tf
@some(8)  # what they say is recorded too, and tested without TensorFlow
def test_the_fixed_example_yields_nothing(entry: Entry, worker: ProcessWorker) -> None:
    assert [e.code for e, _ in matches(worker, entry, entry.fixed)] == []


@pytest.mark.tf
@some(6)
def test_the_cause_is_proven_where_an_intervention_exists(entry: Entry, worker: ProcessWorker) -> None:
    if entry.diagnosis.practice == "script":
        prove = replays.climb if entry.code in ladder.RUNGS else replays.prove
        proof = prove(worker, *run_of(worker, entry.broken), entry, SEEDS)
        assert proof is not None, "no other learning rate learned clearly"
    else:
        broken, fixed = request_for(entry, entry.broken), request_for(entry, entry.fixed)
        proof = check.prove_cause(worker, broken, fixed, entry)
    expected = "proven" if entry.diagnosis.intervention else "likely"
    assert proof.status == expected, proof
    if entry.diagnosis.intervention:
        seeds = SEEDS if entry.diagnosis.practice == "script" else 3
        assert len(proof.seeds) == seeds
        assert len(proof.baseline) == len(proof.repaired) == len(proof.placebo) == seeds


def test_at_least_eight_causes_can_be_proven() -> None:
    assert sum(bool(entry.diagnosis.intervention) for entry in catalogue.entries()) >= 8


def _is_number(evidence: Evidence) -> bool:
    return isinstance(evidence.value, (int, float)) and not isinstance(evidence.value, bool)
