"""The catalogue: what is found in recorded examples, which symptoms are dropped, in which order causes stand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

import recorded
from trainwhy import catalogue, diagnoses, running
from trainwhy.catalogue import Entry
from trainwhy.results import Diagnosis, Evidence, Match, Proof, Run, Span
from trainwhy.worker.replay import Replay

MATCH = Match("it is so", (Evidence("a", 1, 2),), (Span(1, 1, 1, 2, "here"),))


def run_of(code: str, *, fixed: bool = False) -> Run:
    entry = recorded.entry_of(code)
    asked = recorded.example(entry, entry.fixed if fixed else entry.broken)
    run = running.gather(Replay(recorded.FOLDER / code), asked).run
    assert run is not None
    return run


@pytest.mark.parametrize("code", recorded.EXAMPLES)
def test_a_recorded_broken_example_is_named_by_its_code_alone(code: str) -> None:
    found = catalogue.matching(run_of(code))
    assert [entry.code for entry, _ in found] == [code]
    entry, match = found[0]
    said = catalogue.finding(entry, match)
    assert said.evidence
    lines = entry.broken.splitlines()
    assert sum(span.primary for span in said.spans) == 1
    for span in said.spans:
        assert 1 <= span.line <= span.end_line <= len(lines)
        marked = lines[span.line - 1][span.column - 1 : span.end_column - 1 if span.end_line == span.line else None]
        assert marked == marked.strip() != "", "a span marks code, from its first character to its last"


@pytest.mark.parametrize("code", recorded.EXAMPLES)
def test_a_recorded_fixed_example_yields_nothing(code: str) -> None:
    assert catalogue.matching(run_of(code, fixed=True)) == ()


def test_every_module_of_the_folder_is_an_entry_in_order() -> None:
    modules = [path for path in Path(diagnoses.__path__[0]).glob("*.py") if path.stem != "__init__"]
    codes = [entry.code for entry in catalogue.entries()]
    assert len(codes) == len(modules)
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", ["TW101", "tw101", " Tw101 ", "gradients-never-applied", "Gradients_Never_Applied"])
def test_a_diagnosis_is_found_by_code_or_name(name: str) -> None:
    found = catalogue.find(name)
    assert found is not None
    assert found.code == "TW101"


@pytest.mark.parametrize("name", ["", "TW", "TW1011", "gradients", "TW999"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    assert catalogue.find(name) is None


# ------------------------------------------------------------------------------------------------- made entries


def entry(
    code: str, explains: tuple[str, ...] = (), level: Literal["error", "warning"] = "error", *, matches: bool = True
) -> Entry:
    known = Diagnosis(code, f"name-of-{code.lower()}", level, "because", "do this", explains=explains)
    return Entry(known, lambda _: MATCH if matches else None, "page", "broken", "fixed", "loss", None, None)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """A catalogue of its own, filled by the test."""
    made: list[Entry] = []
    monkeypatch.setattr(catalogue, "entries", lambda: tuple(made))
    return made


def codes() -> list[str]:
    return [one.code for one, _ in catalogue.matching(Run(seed=0))]


def test_a_symptom_that_a_cause_explains_is_dropped(found: list[Entry]) -> None:
    found += [entry("TW101"), entry("TW112", ("TW101",)), entry("TW120")]
    assert codes() == ["TW112", "TW120"]


def test_a_cause_that_did_not_match_explains_nothing(found: list[Entry]) -> None:
    found += [entry("TW101"), entry("TW112", ("TW101",), matches=False)]
    assert codes() == ["TW101"]


def test_two_that_explain_each_other_both_stay(found: list[Entry]) -> None:
    found += [entry("TW101", ("TW102",)), entry("TW102", ("TW101",))]
    assert codes() == ["TW101", "TW102"]


def test_mutual_explanation_counts_only_among_what_matched(found: list[Entry]) -> None:
    found += [entry("TW101", ("TW102",), matches=False), entry("TW102", ("TW101", "TW103")), entry("TW103")]
    assert codes() == ["TW102"]


def test_a_chain_of_explanations_leaves_its_first_link(found: list[Entry]) -> None:
    found += [entry("TW101"), entry("TW102", ("TW101",)), entry("TW103", ("TW102",))]
    assert codes() == ["TW103"]


def test_errors_stand_before_warnings_and_then_by_code(found: list[Entry]) -> None:
    found += [entry("TW101", level="warning"), entry("TW105"), entry("TW103"), entry("TW100", level="warning")]
    assert codes() == ["TW103", "TW105", "TW100", "TW101"]


def test_a_finding_holds_all_that_a_face_needs() -> None:
    known = entry("TW101")
    said = catalogue.finding(known, MATCH)
    assert (said.code, said.name, said.level, said.title) == ("TW101", "name-of-tw101", "error", "it is so")
    assert (said.spans, said.evidence, said.why, said.help) == (MATCH.spans, MATCH.evidence, "because", "do this")
    assert (said.broken, said.fixed, said.proof) == ("broken", "fixed", Proof("not_run"))
    assert catalogue.finding(known, MATCH, Proof("proven")).proof.status == "proven"
