"""The wire: every event there and back, non-finite numbers by name, and nothing but WireError for anything else."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recorded
from trainwhy import wire
from trainwhy.results import (
    Answer,
    Answered,
    Begun,
    Ended,
    Epoch,
    EpochEnded,
    Event,
    Failure,
    Frame,
    Goal,
    Gradient,
    GradientCall,
    GradientCheck,
    Loaded,
    Measured,
    Observed,
    Output,
    Report,
    Request,
    Row,
    Run,
    Source,
    Started,
    Table,
    Versions,
)

NAN, INF = math.nan, math.inf
EPOCH = Epoch(1, NAN, {"r2": -INF, "accuracy": 0.5}, 2, 4, INF, None, 0.25)
CALL = GradientCall(
    0,
    0,
    None,
    False,
    "t1",
    "tensor",
    (None, 3),
    "float32",
    (Source("variable", "dense/kernel", (3, 8)),),
    (Gradient(present=True, norm=NAN),),
    ("dense/kernel",),
)
EVENTS: list[Event] = [
    Started("2.21.0", "3.15.1", "landlock", "3.11.7"),
    EpochEnded(EPOCH),
    EpochEnded(EPOCH, INF),
    Observed(Run(0)),
    Observed(
        Run(
            7,
            "x = '\\u2028 ä'\n",
            Failure("E", "m\n", 1, 2, (Frame(1, "f", "x"),), "h"),
            NAN,
            (EPOCH,),
            gradient_calls=(CALL,),
            check=GradientCheck(INF, 0.5, 32, 1.0, None),
            facts={"a": 1, "b": True, "c": None, "d": "word", "e": 0.5, "f": -INF},
        )
    ),
    Measured(
        (Answer("a", "?", "'b'", right=True, expected="", reason=""),),
        (Goal("g", None, -INF, "<=", met=False, words="w"),),
        (Table("t", ("c",), (Row(("1",)),)),),
        {"n": NAN},
        "text",
    ),
    Begun(),
    Loaded(),
    Answered(('[{"int": "0x1"}]', "")),
    Output("a\tb\n"),
    Ended("timed_out", 1.5, Failure("TimedOut", "long"), "out", 3, ("note",)),
    *(Ended(outcome, 0.0) for outcome in ("finished", "internal")),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_event_comes_back_as_it_went(event: Event) -> None:
    line = wire.dump_event(event)
    assert "\n" not in line
    assert line.isascii()
    again = wire.load_event(line)
    assert repr(again) == repr(event)  # nan is not equal to itself
    assert wire.load_event(line.encode()) is not again


def test_every_kind_of_event_is_here() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event))
    assert {kind.__name__: kind for kind in get_args(Event)} == wire.KINDS


@pytest.mark.parametrize(("value", "text"), [(NAN, '"nan"'), (INF, '"inf"'), (-INF, '"-inf"'), (0.1, "0.1")])
def test_numbers_that_json_has_not_travel_by_name(value: float, text: str) -> None:
    line = wire.dump_event(EpochEnded(Epoch(1, value)))
    assert f'"loss":{text}' in line
    strict = json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert strict["v"] == wire.VERSION


def test_a_result_that_is_no_event_travels_too() -> None:
    request = Request("train", "a", source="x\n", answers={"a": "'b'"}, more_seeds=(1, 2), deadline=INF)
    assert wire.load(wire.dump(request), Request) == request
    report = Report("a.py", None, "finished", None, 0.5, epochs=(Epoch(1, 2.0),), versions=Versions("0"))
    assert wire.load(wire.dump(report), Report) == report


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"{}",
        b'"v"',
        b"1",
        b'{"v":1}',
        b'{"v":2,"event":"Output","text":""}',
        b'{"v":1,"event":"Phase","name":"proving"}',
        b'{"v":1,"event":["Output"],"text":""}',
        b'{"v":1,"event":"Output"}',
        b'{"v":1,"event":"Ended","outcome":"solved","seconds":0}',
        b'{"v":1,"event":"Ended","outcome":"finished","seconds":"soon"}',
        b'{"v":1,"event":"Ended","outcome":"finished","seconds":true}',
        b'{"v":1,"event":"Ended","outcome":"finished","seconds":null}',
        b'{"v":1,"event":"Measured","facts":{"a":[]}}',
        b'{"v":1,"event":"Measured","facts":{"a":{}}}',
        b'{"v":1,"event":"Measured","facts":3}',
        b'{"v":1,"event":"Observed","run":{"seed":1e999}}',
        b'{"v":1,"event":"Observed","run":{"seed":NaN}}',
        b'{"v":1,"event":"Observed","run":[]}',
        b'{"v":1,"event":"Output","text":"' + b"x" * 10,
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_event_is_refused(line: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.load_event(line)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"seed":{}}', '{"seed":0,"epochs":[1]}', "[" * 100_000])
def test_what_is_no_run_is_refused(text: str) -> None:
    with pytest.raises(wire.WireError, match="not a Run"):
        wire.load(text, Run)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["nan", "inf", "finished"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary() | st.text())
def test_no_bytes_break_the_decoder(line: bytes | str) -> None:
    with contextlib.suppress(wire.WireError):
        wire.load_event(line)


@given(st.sampled_from(EVENTS), st.data())
def test_no_damaged_event_breaks_the_decoder(event: Event, data: st.DataObject) -> None:
    """One value anywhere is another: what is read anew is a whole event that can be written, or nothing."""
    document = json.loads(wire.dump_event(event))
    owner: Any = document
    while True:
        keys = list(owner) if isinstance(owner, dict) else list(range(len(owner)))
        place = data.draw(st.sampled_from(keys))
        if not isinstance(owner[place], (dict, list)) or not owner[place] or data.draw(st.booleans()):
            break
        owner = owner[place]
    owner[place] = data.draw(JSON)
    try:
        again = wire.load_event(json.dumps(document))
    except wire.WireError:
        return
    assert isinstance(again, get_args(Event))
    wire.dump_event(again)


@given(st.sampled_from(EVENTS), st.data())
def test_no_torn_event_breaks_the_decoder(event: Event, data: st.DataObject) -> None:
    line = wire.dump_event(event)
    cut = data.draw(st.integers(0, len(line) - 1))
    with pytest.raises(wire.WireError):
        wire.load_event(line[:cut])


WHOLE = st.integers(-(2**63), 2**63 - 1)


@given(st.floats(), st.dictionaries(st.text(), st.none() | st.booleans() | WHOLE | st.floats()))
def test_any_number_comes_back(loss: float, facts: dict[str, Any]) -> None:
    for event in (EpochEnded(Epoch(1, loss), loss), Measured(facts=facts)):
        assert repr(wire.load_event(wire.dump_event(event))) == repr(event)


@pytest.mark.parametrize(
    ("event", "right", "wrong"),
    [
        (Observed(Run(77)), "77", "77.5"),
        (Observed(Run(77)), "77", '"77"'),
        (Observed(Run(77)), "77", "true"),
        (Observed(Run(77)), "77", str(2**63)),
        (Observed(Run(0, error=Failure("E", "", 77))), "77", "0"),
        (Observed(Run(0, error=Failure("E", "", 77))), "77", "-3"),
        (Measured(facts={"count": 77}), "77", str(-(2**63) - 1)),
        (EpochEnded(Epoch(77, 1.0)), "77", "-1"),
        (Measured(goals=(Goal("g", 1.0, 1.0, "<=", met=True),)), "true", '"true"'),
    ],
)
def test_a_number_is_of_its_kind_and_its_size(event: Event, right: str, wrong: str) -> None:
    line = wire.dump_event(event)
    assert line.count(right) == 1
    assert wire.load_event(line) == event
    with pytest.raises(wire.WireError):
        wire.load_event(line.replace(right, wrong))


def test_recorded_lines_are_of_this_version() -> None:
    """Fields that a recording leaves out are at their default."""
    for path in sorted(recorded.FOLDER.glob("*/*.jsonl")):
        events = [wire.load_event(line) for line in path.read_bytes().splitlines()]
        assert isinstance(events[-1], Ended), path
        assert all(dataclasses.is_dataclass(event) for event in events)


def test_what_is_made_ready_ahead_reads_and_writes_the_same() -> None:
    event = EpochEnded(Epoch(1, math.inf))
    before = wire.dump_event(event)
    wire._converter.cache_clear()
    wire.prepare()
    assert wire.dump_event(event) == before
    assert wire.load_event(before) == event
