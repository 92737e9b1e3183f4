"""Reading the exercise files out of an archive: into memory, never onto the disk, and never more than a hand-in needs.

Nothing is unpacked. An archive is walked once; of its members only regular files with the name of an exercise are read,
each up to the size of a learner's file. So no path of a member leads anywhere, no link is followed, and a bomb meets
one of the limits below.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from trainwhy.errors import BadFile
from trainwhy.grading.layout import passed_over
from trainwhy.regular import SOURCE_LIMIT, read_regular

if TYPE_CHECKING:
    from trainwhy.grading.folders import Content

SUFFIXES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".tbz", ".txz", ".tar", ".zip")
UNKNOWN = (".rar", ".7z", ".tar.zst", ".tzst", ".zst", ".tar.z", ".gz", ".bz2", ".xz")  # archives, but not read here
LIMIT = 32 << 20  # bytes of the archive itself
UNPACKED = 256 << 20  # bytes of a whole tar, its compression undone
KEPT = 16 << 20  # bytes of all files with the name of an exercise
MEMBERS = 50_000
XZ_MEMORY = 128 << 20
EXPECTED = "a zip or tar archive"
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
EMPTY_ZIP = b"PK\x05\x06"
READ_HERE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # others set no limit to their memory
ENCRYPTED = 0x1

Member = tuple[str, "Content | None"]  # path, and what it holds; None where nobody asked for it


def suffix(name: str) -> str:
    """Give the ending that makes a name an archive's, readable here or not; "" for other names."""
    low = name.lower()
    return next((one for one in (*SUFFIXES, *UNKNOWN) if low.endswith(one) and len(name) > len(one)), "")


def read(path: Path, wanted: frozenset[str]) -> dict[str, Content]:
    """Give the files with a wanted name, by path with forward slashes; BadFile says what is wrong with the archive."""
    if suffix(path.name) in UNKNOWN:
        raise BadFile(path.name, f"a `{suffix(path.name)}` file, which is not read here", EXPECTED)
    data = read_regular(path, LIMIT, follow=False, expected=EXPECTED)
    try:
        return _gathered(path.name, _members(path.name, data, wanted), wanted)
    except BadFile:
        raise
    except Exception as error:  # whatever a reader of archives raises says that this one is damaged
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise BadFile(path.name, f"a damaged archive ({words})", EXPECTED) from error


def _gathered(name: str, members: Iterator[Member], wanted: frozenset[str]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    kept = count = 0
    for raw, content in members:
        count += 1
        if count > MEMBERS:
            _too_many(name)
        path = _inner(name, raw)
        if content is None or path.split("/")[-1] not in wanted or any(map(passed_over, path.split("/")[:-1])):
            continue
        kept += len(content)
        if kept > KEPT:
            raise BadFile(name, f"more than {KEPT >> 20} MiB of exercise files", "one file for each exercise")
        found[path] = content  # of two members of one name the last counts, as it would when unpacked
    return found


def _too_many(name: str) -> NoReturn:
    raise BadFile(name, f"an archive of more than {MEMBERS:,} members", "the exercise files alone")


def _inner(name: str, raw: str) -> str:
    """Give a member's path with forward slashes; refuse an archive that names places outside of itself."""
    parts = raw.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or parts[0].endswith(":"):
        raise BadFile(name, f"an archive with the path {raw[:80]!r}, which leads out of it", "paths inside the archive")
    return "/".join(part for part in parts if part not in (".", ""))


def _members(name: str, data: bytes, wanted: frozenset[str]) -> Iterator[Member]:
    if data.startswith((LOCAL, EMPTY_ZIP)):
        return _of_zip(name, data, wanted)
    return _of_tar(name, _Bounded(name, _opened(data)), wanted)


def _wanted(path: str, wanted: frozenset[str]) -> bool:
    return path.replace("\\", "/").split("/")[-1] in wanted


# --------------------------------------------------------------------------------------------------- zip


def _of_zip(name: str, data: bytes, wanted: frozenset[str]) -> Iterator[Member]:
    if data.count(CENTRAL) > MEMBERS:  # before the directory is read, which takes its time and its memory
        _too_many(name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            asked = not info.is_dir() and _wanted(info.filename, wanted)
            yield info.filename, _zipped(archive, info) if asked else None


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Content:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):  # systems without kinds of files leave it 0
        return _no_file("a symbolic link" if kind == stat.S_IFLNK else "no regular file")
    if info.flag_bits & ENCRYPTED:
        return _no_file("encrypted")
    if info.compress_type not in READ_HERE:
        return _no_file("compressed in a way that is not read here")
    with archive.open(info) as file:
        content = file.read(SOURCE_LIMIT + 1)
    return content if len(content) <= SOURCE_LIMIT else _too_long()


def _no_file(found: str) -> str:
    return f"{found}; expected a Python file"


def _too_long() -> str:
    return f"longer than {SOURCE_LIMIT >> 10} KiB; expected at most that"


# --------------------------------------------------------------------------------------------------- tar


def _of_tar(name: str, stream: _Bounded, wanted: frozenset[str]) -> Iterator[Member]:
    claimed = 0
    with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]  # it reads, and no more
        for info in archive:
            claimed += max(info.size, 0)
            if claimed > UNPACKED:  # the reader would skip what a header claims block by block, if it is there or not
                _too_long_unpacked(name)
            asked = not info.isdir() and _wanted(info.name, wanted)
            yield info.name, _stored(archive, info) if asked else None


def _stored(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Content:
    if not info.isreg():
        return _no_file("a link" if info.issym() or info.islnk() else "no regular file")
    if info.size > SOURCE_LIMIT:
        return _too_long()
    file = archive.extractfile(info)
    return file.read(SOURCE_LIMIT + 1) if file is not None else _no_file("no regular file")


def _opened(data: bytes) -> Callable[[int], bytes]:
    """Give a function that reads the next bytes, their compression undone."""
    raw = io.BytesIO(data)
    if data.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw).read
    if data.startswith(b"BZh"):
        return bz2.BZ2File(raw).read
    if data.startswith(b"\xfd7zXZ\x00"):
        return _xz(raw)
    return raw.read


def _xz(raw: io.BytesIO) -> Callable[[int], bytes]:
    """Read one xz stream with bounded memory, which `LZMAFile` knows no way to ask for."""
    decompressor = lzma.LZMADecompressor(memlimit=XZ_MEMORY)

    def read(size: int) -> bytes:
        data = b""
        while not data and not decompressor.eof:
            fed = raw.read(1 << 16) if decompressor.needs_input else b""
            if decompressor.needs_input and not fed:
                raise EOFError("the archive ends too soon")
            data = decompressor.decompress(fed, size)
        return data

    return read


def _too_long_unpacked(name: str) -> NoReturn:
    found = f"an archive of more than {UNPACKED >> 20} MiB when unpacked"
    raise BadFile(name, found, "the exercise files alone")


class _Bounded:
    """A stream that refuses to give more than a tar may hold."""

    def __init__(self, name: str, source: Callable[[int], bytes]) -> None:
        self._name = name
        self._source = source
        self._given = 0

    def read(self, size: int) -> bytes:
        """Give up to `size` bytes, and fewer only at the end."""
        pieces: list[bytes] = []
        missing = size
        while missing and (piece := self._source(missing)):
            pieces.append(piece)
            missing -= len(piece)
            self._given += len(piece)
            if self._given > UNPACKED:
                _too_long_unpacked(self._name)
        return b"".join(pieces)
