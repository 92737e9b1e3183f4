"""What a program prints, made safe: no control character survives, TensorFlow's noise goes, the rest stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainwhy.worker import output
from trainwhy.worker.output import Capture, clean

NOISE = [
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR",
    "I0000 00:00:1732161234.123456   12345 gpu_device.cc:2022] Created device",
    "E0000 00:00:1732161234.123456   12345 cuda_dnn.cc:8310] Unable to register cuDNN factory",
    "W0000 00:00:1732161234.123456   12345 computation_placer.cc:177] already registered",
    "2024-11-21 03:33:25.123456: I tensorflow/core/platform/cpu_feature_guard.cc:210] optimized to use",
    "2024-11-21 03:33:25.123456: E external/local_xla/xla/stream_executor/cuda.cc:10] failed call to cuInit",
    "To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow with the flags.",
]
LEARNER = [
    "loss 0.25",
    "WARNING: my own",
    "2024-11-21: a diary",
    "2024-11-21 03:33:25.123456: I think tensorflow/ is fine",
    "I0000 is my number",
    "To enable the following, read on",
    "\tindented  twice",
    "größer, 大, 🙂, e\u0301",
]
# Characters that move a cursor, or that reorder or hide text.
UNSAFE = {"\u061c", "\u2028", "\u2029", "\ufeff", *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F))}
UNSAFE |= set(map(chr, range(0x2060, 0x206A)))
ESCAPED = st.sampled_from(["\x1b[31m", "\x1b[2J", "\x1b]0;t\x07", "\x1b]8;;u\x1b\\", "\x1bP", "\x1bc", "\x9b", "\x1b"])
PRINTED = st.lists(ESCAPED | st.text(max_size=8) | st.sampled_from(NOISE + LEARNER + ["\r\n", "\r"])).map("".join)


def unsafe(text: str) -> list[str]:
    return [one for one in text if one in UNSAFE or (unicodedata.category(one) == "Cc" and one not in "\n\t")]


@given(st.binary() | PRINTED.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_control_character_survives(data: bytes) -> None:
    assert unsafe(clean(data)) == []


@given(st.lists(st.binary(max_size=20)))
def test_it_makes_no_difference_in_which_pieces_it_came(pieces: list[bytes]) -> None:
    capture, whole = Capture(), b"".join(pieces)
    for piece in pieces:
        capture.add(piece)
    assert (capture.text, capture.total, capture.dropped) == (clean(whole), len(whole), 0)


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40))
def test_plain_text_is_left_alone(text: str) -> None:
    assert clean(text.encode()) == text


@pytest.mark.parametrize(
    "one", sorted({*UNSAFE, *map(chr, range(0x80, 0xA0)), *"\x00\x07\x08\x0b\x0c\x0e\x7f"}), ids=ascii
)
def test_every_unsafe_character_goes(one: str) -> None:
    assert clean(f"a{one}b".encode()) == "ab"


@pytest.mark.parametrize("noise", NOISE)
def test_tensorflows_own_lines_go(noise: str) -> None:
    assert clean(f"before\n{noise}\nafter\n".encode()) == "before\nafter\n"
    assert clean(noise.encode()) == ""


@pytest.mark.parametrize("line", LEARNER)
def test_the_learners_lines_stay(line: str) -> None:
    text = "\n".join([NOISE[0], line, NOISE[3], line, ""])
    assert clean(text.encode()) == f"{line}\n{line}\n"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://a.b\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;c2VjcmV0\x07", ""),
        ("\x1bPdevice\x1b\\text", "text"),
        ("\x1b(Btext", "text"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("a\x08\x7fb\x00c", "abc"),
        ("\u202eesrever\u202c", "esrever"),
        ("zero\u200bwidth", "zerowidth"),
        ("\x9b31mred", "31mred"),
    ],
)
def test_sequences_that_steer_a_terminal_go(printed: str, shown: str) -> None:
    assert clean(printed.encode()) == shown


def test_bytes_that_are_no_text_are_marked() -> None:
    assert clean(b"a\xff\xfeb") == "a\ufffd\ufffdb"


def test_only_the_beginning_is_kept() -> None:
    capture = Capture()
    for _ in range(5):
        capture.add(b"x" * (output.KEPT // 2))
    assert len(capture.text) == output.KEPT
    assert capture.dropped == output.KEPT // 2 * 5 - output.KEPT
    assert not capture.flooded
    capture.total = output.FLOOD
    assert not capture.flooded
    capture.add(b"x")
    assert capture.flooded
