# ruff: noqa: E501 - one value or text is one piece
"""Answers of functions as plain data: they come back as they were, and whatever else comes is refused in words."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.tf

# In a process of its own: TensorFlow is none of the test process's business.
TRIP = """
import json, random
import numpy as np
import tensorflow as tf
from trainwhy.errors import BadFile
from trainwhy.lab import comparing, plain

def trip(value):
    return plain.load(json.dumps(plain.encode(value)).encode())

VALUES = [
    None, True, False, 0, -3, 10**80, 0.1, float("inf"), "a\\u2028ä\\ud800", [], (), {}, [1, (2.5, {"a": None})],
    {1: "x", ("t", 2): [3]}, np.arange(6, dtype="int16").reshape(2, 3), np.float32(0.1), np.zeros((0, 4)),
    tf.constant([[1.0, 2.0]]), tf.constant(3, "int64"), np.array([[True], [False]]),
]
for value in VALUES:
    again = trip(value)
    if isinstance(value, (np.ndarray, np.generic, tf.Tensor)):
        assert comparing.same(value, again), value
    else:
        assert type(again) is type(value), value
        assert again == value or "\\ud800" in str(value), value
assert np.isnan(trip(float("nan")))

class Yes(float):
    __eq__ = lambda self, other: True
    __hash__ = float.__hash__

class Loud:
    def __reduce__(self):
        return (print, ("code ran",))
    def __array__(self, *a, **k):
        raise RuntimeError("asked")

for odd in (Yes(1.0), Loud(), print, {1, 2}, b"x", np.array([None]), np.array(["a"]), tf.constant("a"), tf.Variable(1.0), 1j):
    again = trip(odd)
    assert type(again).__name__ == type(odd).__name__, odd
    assert not comparing.same(1.0, again)
    assert not comparing.same(np.float32(1.0), again)
endless = []
endless.append(endless)
assert "list" in repr(trip(endless))

dice = random.Random(20240501)
sources = [json.dumps(plain.encode(value)).encode() for value in VALUES if value is not None]
refused = read = 0
for _ in range(3000):
    data = bytearray(dice.choice(sources))
    for _ in range(dice.randint(1, 5)):
        place = dice.randrange(len(data) + 1)
        piece = dice.choice([b"", b"[", b"]", b'"', b"{}", b"1e999", b"NaN", b"-1", b'{"int": "0x', b'{"array": "<f8"', bytes([dice.randrange(256)])])
        data[place : place + dice.randint(0, 4)] = piece
    try:
        plain.load(bytes(data))
        read += 1
    except BadFile:
        refused += 1
for text in (b"[" * 10**5, b'{"int": "' + b"f" * 10**6 + b'"}', b'{"array": "<f8", "shape": [100000000000], "data": ""}',
             b'{"array": "|O", "shape": [1], "data": ""}', b'{"object": ""}', b'{"scalar": "<f8", "shape": [1, -1], "data": ""}'):
    try:
        plain.load(text)
    except BadFile:
        refused += 1
assert refused > 500 and read > 50, (refused, read)
print("done")
"""


def test_values_come_back_and_thousands_of_mutated_texts_raise_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", TRIP], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == "done\n"
