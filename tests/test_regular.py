"""Reading a learner's file never hangs and never guesses."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

import pytest

from trainwhy.errors import BadFile
from trainwhy.regular import SOURCE_LIMIT, read_python, read_regular


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


MADE = [
    (lambda path: None, "missing"),
    (lambda path: path.mkdir(), "a folder"),
    (_pipe, "a named pipe"),
    (_socket, "a socket"),
    (lambda path: path.symlink_to("/dev/zero"), "a device"),
    (lambda path: path.symlink_to(path.name), "a loop of symbolic links"),
    (lambda path: path.symlink_to("nowhere"), "missing"),
    (lambda path: path.write_bytes(b"#" * (SOURCE_LIMIT + 1)), "256 KiB long"),
    (lambda path: path.write_bytes(b"#" * 5_000_000), "4.77 MiB long"),
    (lambda path: path.write_bytes(b"a = '\xff'"), "not text that Python can decode"),
    (lambda path: path.write_bytes(b"# coding: nonsense\n"), "not text that Python can decode"),
    (lambda path: path.write_bytes(b"# coding: hex\n"), "not text that Python can decode"),
    (lambda path: path.write_bytes(b"\xff\xfea\x00"), "not text that Python can decode"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and devices")
@pytest.mark.parametrize(("make", "found"), MADE, ids=[found for _, found in MADE])
def test_what_is_no_python_text_is_named_at_once(tmp_path: Path, make, found: str) -> None:
    path = tmp_path / "a.py"
    make(path)
    with pytest.raises(BadFile) as caught:
        read_python(path)
    assert found in caught.value.found
    assert caught.value.exit_code == 1
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a = 1\r\nb = 2\r", "a = 1\nb = 2\n"),
        (b"\xef\xbb\xbfa = 'h\xc3\xa9'\n", "a = 'hé'\n"),
        (b"# coding: latin-1\na = '\xe9'\n", "# coding: latin-1\na = 'é'\n"),
        (b"a\0b", "a\0b"),
        (b"#" * SOURCE_LIMIT, "#" * SOURCE_LIMIT),
    ],
)
def test_what_python_accepts_is_read(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a b.py"
    path.write_bytes(data)
    assert read_python(path) == text


def test_a_link_to_a_file_is_followed_unless_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"x")
    link = tmp_path / "link"
    link.symlink_to("real")
    assert read_regular(link, 10) == b"x"
    with pytest.raises(BadFile, match="a symbolic link"):
        read_regular(link, 10, follow=False)


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (OSError(errno.EACCES, "x"), "unreadable: permission denied"),
        (OSError(errno.EIO, "input/output error"), "unreadable: input/output error"),
        (OSError(errno.ENXIO, "x"), "a socket or a device"),
        (OSError(errno.ENAMETOOLONG, "x"), "the name is too long"),
    ],
)
def test_other_refusals_are_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, found: str
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(BadFile, match=found):
        read_regular(tmp_path / "a.py", 10)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(BadFile, match="no possible file name"):
        read_regular(Path("a\0b"), 10)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(BadFile, match="permission denied"):
        read_regular(path, 10)


def test_a_folder_that_cannot_be_opened_is_still_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise PermissionError(errno.EACCES, "x")

    monkeypatch.setattr(os, "open", fail)  # as Windows does
    with pytest.raises(BadFile, match="a folder"):
        read_regular(tmp_path, 10)
