"""The JSON face keeps the contract of design.md, and the schema in the package describes it exactly."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import jsonschema
import pytest

import reports
from trainwhy.faces import json as json_face

VALIDATOR = jsonschema.Draft202012Validator(json_face.schema())


def made(*chosen) -> dict:
    return json.loads(json_face.document([make() for make in chosen]))


def test_the_schema_is_a_schema_and_closed_everywhere() -> None:
    jsonschema.Draft202012Validator.check_schema(json_face.schema())

    def objects(node) -> list[dict]:
        own = [node] if isinstance(node, dict) and node.get("type") == "object" else []
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
        return own + [found for child in children for found in objects(child)]

    assert len(objects(json_face.schema())) > 8
    assert all("additionalProperties" in one for one in objects(json_face.schema()))


@pytest.mark.parametrize("name", [*reports.ALL, "untouched"])
def test_every_document_is_valid(name: str) -> None:
    VALIDATOR.validate(made(getattr(reports, name)))


def test_no_results_are_a_document_too() -> None:
    document = json.loads(json_face.document([]))
    VALIDATOR.validate(document)
    assert document["results"] == []
    assert document["trainwhy"] != ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.update(extra=1),
        lambda d: d["results"][0].update(verdict="fine"),
        lambda d: d["results"][0]["epochs"][0].update(loss="NaN"),
        lambda d: d["results"][0]["findings"][0]["spans"][0].update(line=0),
        lambda d: d["summary"].pop("solved"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(damage) -> None:
    document = copy.deepcopy(made(reports.never_applied))
    damage(document)
    assert not VALIDATOR.is_valid(document)


def test_the_contract_of_the_design() -> None:
    document = made(reports.never_applied)
    assert {name: document[name] for name in ("schema", "trainwhy", "tensorflow", "keras", "sandbox")} == {
        "schema": 1, "trainwhy": "0.1.0", "tensorflow": "2.21.0", "keras": "3.15.1", "sandbox": "landlock+seccomp",
    }  # fmt: skip
    result = document["results"][0]
    assert result["exercise"] == "missing-apply"
    assert result["epochs"][0] == {"epoch": 1, "loss": 7.8542, "metrics": {}, "weights_moved": 0}
    finding = result["findings"][0]
    assert finding["spans"][0]["column"] == 5
    assert finding["evidence"][0] == {"name": "variables moved", "value": 0, "limit": 4}
    assert list(finding["proof"]) == ["status", "intervention", "seeds", "baseline", "repaired", "placebo"]
    assert "for example\n" in finding["help"]
    assert "+     optimizer.apply_gradients" in finding["help"]


def test_non_finite_numbers_are_strings() -> None:
    losses = [one["loss"] for one in made(reports.broadcast)["results"][0]["epochs"]]
    assert losses[2:] == ["inf", "nan"]
    assert "NaN" not in json_face.document([reports.broadcast()])


def test_paths_have_forward_slashes() -> None:
    assert made(reports.broadcast)["results"][0]["path"] == "C:/data/train_sales.py"


def test_the_right_answer_is_not_given_away() -> None:
    answers = made(reports.question)["results"][0]["answers"]
    assert [one["expected"] for one in answers] == ["weights", ""]


def test_the_summary_counts_everything_that_was_run() -> None:
    document = made(reports.solved, reports.solved, reports.crash, reports.untouched, reports.ours)
    assert document["summary"] == {"solved": 2, "unsolved": 1, "not_started": 1, "flaky": 0, "not_finished": 1}


def test_a_script_of_ones_own_is_no_unfinished_exercise() -> None:
    report = replace(reports.ours(), exercise=None)
    assert json.loads(json_face.document([report]))["summary"]["not_finished"] == 0


def test_half_a_surrogate_pair_does_not_reach_strict_readers() -> None:
    text = json_face.document([reports.hostile()])
    assert r"\ud800" not in text.replace(r"\\ud800", "")
    text.encode("ascii")
