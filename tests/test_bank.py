"""The bank of whole scripts: each broken one is named first and on its line, its twin and every healthy one is silent.

There are hundreds: CI takes a fixed part of them, `TRAINWHY_BANK=all` takes all, and `benchmarks/diagnosis.py` prints
the whole as a table, with proofs.
"""

import os
import zlib
from collections import Counter

import pytest

import bank
from trainwhy import catalogue

WHOLE = os.environ.get("TRAINWHY_BANK") == "all"
# What is known to be missed, with the reason. Whoever repairs one takes it out.
MISSED = {
    "TW109/eager_distill": "teacher and student do the same in the run; only their names tell who should learn",
    "TW122/fit_train_on_batch": "what train_on_batch returns is a plain number, which nothing can follow",
    "TW122/function_val_accuracy": "an evaluation loop's last batch: its numbers belong to no step",
    "TW310/eager_same_arrays": "named, but where the rows are fed rather than where they are measured",
    "TW318/fit_generator_first_rows": "named on the fit call, not inside the generator",
    "TW403/eager_manual_sgd": "a rate of its own is a plain number: named as gradient ascent, where it is used",
    "TW401/fit_cnn": "shown only by a ladder of replays, which this test leaves out",
    "TW401/function_subclassed": "shown only by a ladder of replays, which this test leaves out",
    "TW137/fit_train_on_batch_dedented": "nothing shows how many batches a plain generator gave",
}


def part(cases, share):
    """One in `share` of the cases, always the same ones."""
    return [case for case in cases if WHOLE or zlib.crc32(case.name.encode()) % share == 0]


def named(cases):
    return [pytest.param(case, id=case.name) for case in cases]


KNOWN = {entry.code for entry in catalogue.entries()}
BROKEN = part([case for case in bank.broken() if case.code in KNOWN], 40)  # scripts of further codes wait for theirs
FIXED = part(bank.fixed(), 60)
HEALTHY = part(bank.healthy(), 24)


def test_every_broken_script_has_a_twin_a_line_and_a_form():
    for case in bank.broken():
        assert case.path.with_name(case.path.stem + ".fixed.py").exists(), case.name
        assert case.lines, case.name
        assert case.form in ("eager", "function", "fit"), case.name


def test_every_code_has_at_least_two_scripts_or_one_form():
    counts = Counter(case.code for case in bank.broken())
    assert len(counts) >= 90
    assert sum(counts.values()) >= 380


def test_the_bank_of_healthy_scripts_is_large():
    assert len(list(bank.healthy())) >= 140


@pytest.mark.tf
@pytest.mark.parametrize("case", named(BROKEN))
def test_the_cause_is_named_first_on_its_line(case, worker):
    if case.name in MISSED:
        pytest.xfail(MISSED[case.name])
    report = bank.check(case, worker, prove=False)
    assert [finding.code for finding in report.findings][:1] == [case.code], report.error
    primary = [span.line for span in report.findings[0].spans if span.primary]
    assert primary, "a guilty line is shown"
    assert primary[0] in case.lines


@pytest.mark.tf
@pytest.mark.parametrize("case", named([*FIXED, *HEALTHY]))
def test_correct_code_is_met_with_silence(case, worker):
    report = bank.check(case, worker, prove=False)
    assert report.outcome == "finished", report.error
    assert [f"{f.code} {f.title}" for f in report.findings if f.level == "error"] == []
    assert {f.code for f in report.findings} <= set(case.warned), "a warning wants its reason in the script"
