"""What the fuzz tests share: how many inputs each gets, and how real inputs are damaged.

In CI the inputs are the same every time, so that a failure is of the change and not of chance. `TRAINWHY_FUZZ=100000`
gives every test so many, drawn anew.
"""

from __future__ import annotations

import copy
import os
import random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

# CONTRIBUTING.md states the same numbers; a test compares them.
INPUTS = {
    "exercise TOML": 1000,
    "progress file": 2000,
    "learner source": 500,
    "learner source in a run": 300,
    "event stream": 600,
    "event stream to a report": 300,
    "one event": 2000,
    "observation of a script": 500,
}
MORE = int(os.environ.get("TRAINWHY_FUZZ", "0") or 0)

# One draw for each input: the damage is done here, a hundred times as fast as Hypothesis draws bytes.
CHANCES = st.integers(0, 2**64 - 1).map(random.Random)

PIECES = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x0c", b"\x1b[2J", b"\r", b"\r\n", b"\n",
    "\u202e\u2066".encode(), "\u2028\u0085".encode(), "\U0001f600".encode(), b"'", b'"""', b"'''", b"\\\n", b"\t",
    b"#", b"(", b")", b"[", b"{", b"}", b"]", b":", b"=", b"==", b",", b"-", b"1e999", b"-1e999", b"NaN", b"nan",
    b"-Infinity", b"9" * 5000, b"0x10", b"1_0", b"true", b"null", b"None", b"____", b"lambda x: ", b"def f():\n",
    b"with a as b:\n", b"(" * 300, b"[" * 300, b"x" * 3000, b" " * 200, b"not " * 200, b"-" * 400, b"\\ud800",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**53, -(2**63), 10**30, 10**400, 0.5, -0.0, 1e308, float("nan"), float("inf"),
    "", "nan", "NaN", "-inf", "Infinity", "\x00", "\x1b[31m", "\ud800", "\u202e", "x" * 3000, "a\nb", "9" * 5000,
    [], [[]], [None], ["x", 1], {}, {"x": {}}, {"event": "Ended"}, [[[[[[1]]]]]],
)  # fmt: skip


def inputs(name: str) -> settings:
    """The profile of one target."""
    return settings(
        max_examples=MORE or INPUTS[name],
        derandomize=not MORE,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Damage bytes in one to four places."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(PIECES) + data[at:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    return data[:start] + data[min(end, start + 200) :]


def _truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 40)]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start:]


def _line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[at] = chance.choice((b"", lines[other], b"    " + lines[at], lines[at].lstrip(), lines[at] + lines[other]))
    return b"\n".join(lines)


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_insert, _flip, _cut, _truncate, _repeat, _line, _line)


def bent(document: Any, chance: random.Random) -> Any:
    """Put wrong values into a JSON document, in one to three places."""
    made = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        made = _bend(made, chance)
    return made


def _bend(node: Any, chance: random.Random) -> Any:
    children = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    if not children or chance.random() < 0.12:
        return copy.deepcopy(chance.choice(VALUES))
    key = chance.choice(children)
    if chance.random() < 0.08:
        del node[key]
    elif isinstance(node, dict) and chance.random() < 0.05:
        node[chance.choice(("", "x", "event", "\ud800", "a" * 999))] = copy.deepcopy(chance.choice(VALUES))
    else:
        node[key] = _bend(node[key], chance)
    return node
