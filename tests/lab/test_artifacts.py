"""Reading what a run left: every other thing than the expected arrays is a named reason, and never an exception."""

from __future__ import annotations

import io
import os
import pickle
import random
import struct
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from trainwhy.lab.artifacts import BIGGEST, BadArtifact, Expected, read_weights

EXPECTED = (Expected("dense/kernel", (3, 8)), Expected("dense/bias", (8,)), Expected("out/kernel", (8, 1)))
MUTATIONS = 3000


def arrays(kind: str = "float32") -> dict[str, np.ndarray]:
    made = np.random.default_rng(0)
    return {f"w{i}": made.normal(size=one.shape).astype(kind) for i, one in enumerate(EXPECTED)}


def saved(**changed: np.ndarray | None) -> bytes:
    """What `numpy.savez` writes for these weights, some of them changed or left out (None)."""
    buffer = io.BytesIO()
    np.savez(buffer, **{k: v for k, v in {**arrays(), **changed}.items() if v is not None})
    return buffer.getvalue()


def zipped(members: dict[str, bytes], kind: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def header(text: str, version: bytes = b"\x01\x00") -> bytes:
    """An array that is nothing but a header of this text."""
    padded = text.encode("latin1") + b"\n"
    return b"\x93NUMPY" + version + struct.pack("<H", len(padded)) + padded


def whole(first: bytes) -> dict[str, bytes]:
    """The right members, the first in other words."""
    with zipfile.ZipFile(io.BytesIO(saved())) as archive:
        return {**{name: archive.read(name) for name in archive.namelist()}, "w0.npy": first}


def refused(path: Path) -> str:
    began = time.monotonic()
    with pytest.raises(BadArtifact) as caught:
        read_weights(path, EXPECTED)
    assert time.monotonic() - began < 2.0
    words = str(caught.value)
    assert words.isprintable()
    assert len(words) < 800
    return words


def test_what_savez_leaves_comes_back_bit_by_bit(tmp_path: Path) -> None:
    path = tmp_path / "0.npz"
    path.write_bytes(saved())
    found = read_weights(path, EXPECTED)
    assert [one.tobytes() for one in found] == [one.tobytes() for one in arrays().values()]
    assert [one.shape for one in found] == [one.shape for one in EXPECTED]


def test_a_scalar_and_an_empty_array_are_weights_too(tmp_path: Path) -> None:
    path = tmp_path / "0.npz"
    np.savez(path, w0=np.float32(2.0), w1=np.zeros((0, 4), "float32"))
    scalar, empty = read_weights(path, (Expected("a", ()), Expected("b", (0, 4))))
    assert (float(scalar), empty.shape) == (2.0, (0, 4))


NAN = np.array([0, 1, np.nan, 3, 4, 5, 6, 7], "float32")
CONTENT = {
    "nothing in it": (b"", "cannot be read: BadZipFile"),
    "random bytes": (np.random.default_rng(0).bytes(4096), "cannot be read: BadZipFile"),
    "truncated": (saved()[:-30], "cannot be read: BadZipFile"),
    "too large": (b"\0" * (BIGGEST + 1), "8 MiB long; expected at most 8 MiB"),
    "a weight less": (saved(w2=None), "of shapes (3, 8), (8,); expected (3, 8), (8,), (8, 1)"),
    "a weight more": (saved(w3=np.zeros(2, "float32")), "of shapes (3, 8), (8,), (8, 1), (2,); expected"),
    "another shape": (saved(w0=np.zeros((3, 9), "float32")), "of shapes (3, 9), (8,), (8, 1); expected (3, 8)"),
    "another name": (zipped({f"v{i}.npy": b"" for i in range(3)}), "hold `v0.npy`; expected w0 to w2"),
    "a name twice": (saved().replace(b"w1.npy", b"w0.npy"), "lack `w1`"),
    "a path for a name": (zipped({"../../w0.npy": b"", "w1.npy": b"", "w2.npy": b""}), "hold `../../w0.npy`"),
    "escapes for a name": (zipped({"\x1b[2J": b"", "w1.npy": b"", "w2.npy": b""}), "hold `\\x1b[2J`"),
    "float64": (saved(w1=np.zeros(8)), "`dense/bias` are float64; expected float32"),
    "float16": (saved(w1=np.full(8, np.nan, "float16")), "`dense/bias` are float16; expected float32"),
    "the other byte order": (saved(w1=np.zeros(8, ">f4")), "`dense/bias` are >f4; expected float32"),
    "NaN": (saved(w1=NAN), "`dense/bias` hold NaN"),
    "infinity": (saved(w1=np.full(8, -np.inf, "float32")), "`dense/bias` hold infinity"),
    "Fortran's order": (saved(w0=np.asfortranarray(arrays()["w0"])), "`dense/kernel` are in Fortran's order"),
    "objects": (saved(w1=np.array([None] * 8)), "`dense/bias` are Python objects"),
    "a pickle": (pickle.dumps([1, 2]), "cannot be read: BadZipFile"),
    "a pickle inside": (zipped(whole(pickle.dumps(print))), "cannot be read: ValueError"),
    "code in a header": (
        zipped(whole(header("__import__('os').system('exit 1')"))),
        "cannot be read: ValueError",
    ),
    "ten billion rows": (
        zipped(whole(header("{'descr': '<f4', 'fortran_order': False, 'shape': (10000000000000,), }"))),
        "of shapes (10000000000000,), (8,), (8, 1); expected",
    ),
    "a deep header": (zipped(whole(header("(" * 3000 + ")" * 3000))), "cannot be read"),
    "another format": (zipped(whole(header("{}", b"\x02\x00"))), "is an array of format (2, 0); expected (1, 0)"),
    "values missing": (
        zipped(whole(header("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 8), }"))),
        "`dense/kernel` are 0 bytes; expected 96",
    ),
    "compressed": (zipped(whole(b""), zipfile.ZIP_DEFLATED), "compressed"),
    "a bomb": (zipped(whole(b"\0" * 50_000_000), zipfile.ZIP_DEFLATED), "compressed"),
    "many members": (zipped({f"w{i}.npy": b"" for i in range(5000)}), "left 5000 arrays; expected 3"),
}


@pytest.mark.parametrize("name", CONTENT)
def test_other_content_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    data, words = CONTENT[name]
    path = tmp_path / "0.npz"
    path.write_bytes(data)
    assert words in refused(path)


def test_a_size_that_lies_is_refused(tmp_path: Path) -> None:
    """The central directory says more than the file has."""
    data = bytearray(saved())
    place = data.index(b"PK\x01\x02")
    data[place + 20 : place + 28] = struct.pack("<II", 1 << 30, 1 << 30)
    path = tmp_path / "0.npz"
    path.write_bytes(data)
    assert "claims 1073741824 bytes" in refused(path)


def _linked(path: Path) -> None:
    path.with_name("real").write_bytes(saved())
    path.symlink_to("real")


MADE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "left no weights that can be judged"),
    "a folder": (lambda path: path.mkdir(), "are a folder"),
    "a link to weights": (_linked, "are a symbolic link"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "are a symbolic link"),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "are a symbolic link"),
    "a pipe": (os.mkfifo, "are a named pipe"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links by name")
@pytest.mark.parametrize("name", MADE)
def test_what_is_no_regular_file_is_refused_at_once(name: str, tmp_path: Path) -> None:
    make, words = MADE[name]
    make(tmp_path / "0.npz")
    assert words in refused(tmp_path / "0.npz")


@pytest.mark.skipif(sys.platform == "win32", reason="links by name")
def test_a_link_is_refused_where_the_system_cannot_be_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no O_NOFOLLOW."""
    monkeypatch.delattr(os, "O_NOFOLLOW")
    _linked(tmp_path / "0.npz")
    assert "are a symbolic link" in refused(tmp_path / "0.npz")


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A few bytes changed, cut out, doubled, moved or put in."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        place, length = dice.randrange(len(changed)), dice.randint(1, 40)
        piece = bytes(changed[place : place + length])
        act = dice.randrange(5)
        if act == 0:
            changed[place] = dice.randrange(256)
        elif act == 1 and len(changed) > 200:
            del changed[place : place + length]
        elif act == 2:
            changed[place:place] = piece * dice.randint(1, 20)
        elif act == 3:
            changed[place : place + 4] = dice.choice(
                [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"PK\x05\x06"]
            )
        else:
            other = dice.randrange(len(changed))
            changed[other : other + len(piece)] = piece
    return bytes(changed)


def test_thousands_of_mutated_files_raise_nothing_else(tmp_path: Path) -> None:
    """Each is read as the right arrays or refused in words; nothing else is raised, and nothing takes long."""
    dice, path = random.Random(20_240_501), tmp_path / "0.npz"  # noqa: S311 - the same mutations every time
    sources = [saved(), saved(w1=np.zeros(8)), zipped(whole(b"x" * 300)), saved(w3=np.zeros(3))]
    reasons: dict[str, int] = {}
    began = time.monotonic()
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(dice.choice(sources), dice))
        try:
            found = read_weights(path, EXPECTED)
        except BadArtifact as bad:
            kind = str(bad)[:24]
            reasons[kind] = reasons.get(kind, 0) + 1
        else:
            reasons["read"] = reasons.get("read", 0) + 1
            assert [one.shape for one in found] == [one.shape for one in EXPECTED]
            assert all(np.isfinite(one).all() for one in found)
    assert time.monotonic() - began < 60
    assert len(reasons) > 5, "the mutations reach more than one reason"
