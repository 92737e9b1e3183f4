"""Archives: what is read out of them, and everything that somebody could put into one."""

import io
import os
import stat
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainwhy.errors import BadFile
from trainwhy.grading import archives
from trainwhy.regular import SOURCE_LIMIT

WANTED = frozenset({"01_pick_one.py", "02_no_update.py"})
FILE = "01_first_steps/01_pick_one.py"


def zipped(path, members, **how):
    with zipfile.ZipFile(path, "w", **how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path, members, mode="w"):
    with tarfile.open(path, mode) as archive:
        for name, data in members.items():
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(data))
    return path


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def refused(path):
    with pytest.raises(BadFile) as caught:
        archives.read(path, WANTED)
    return caught.value.found


# ------------------------------------------------------------------------------------------- what is read


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz", "a.txz"])
def test_every_kind_of_tar_is_read(tmp_path, name):
    mode = {"gz": "w:gz", "tgz": "w:gz", "bz2": "w:bz2", "xz": "w:xz", "txz": "w:xz"}.get(name.split(".")[-1], "w")
    path = tarred(tmp_path / name, {FILE: b"x = 1\n", "other.py": b"y", "01_first_steps/README.md": b"#"}, mode)
    assert archives.read(path, WANTED) == {FILE: b"x = 1\n"}


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_every_kind_of_zip_is_read(tmp_path, how):
    path = zipped(tmp_path / "a.zip", {FILE: b"x = 1\n", "other.py": b"y"}, compression=how)
    assert archives.read(path, WANTED) == {FILE: b"x = 1\n"}


def test_the_content_counts_and_not_the_ending(tmp_path):
    path = tarred(tmp_path / "a.zip", {FILE: b"x = 1\n"}, "w:gz")
    assert archives.read(path, WANTED) == {FILE: b"x = 1\n"}


def test_names_are_folded_as_they_would_be_unpacked(tmp_path):
    path = zipped(tmp_path / "a.zip", {"./week\\01_first_steps\\01_pick_one.py": b"x"})
    assert archives.read(path, WANTED) == {"week/" + FILE: b"x"}


def test_the_last_of_two_members_of_one_name_counts(tmp_path):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for data in (b"first", b"last"):
            info = tarfile.TarInfo(FILE)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert archives.read(path, WANTED) == {FILE: b"last"}


def test_what_programs_leave_in_archives_is_passed_over(tmp_path):
    path = zipped(
        tmp_path / "a.zip", {f"__MACOSX/{FILE}": b"x", f".trainwhy/{FILE}": b"x", ".git/01_pick_one.py": b"x"}
    )
    assert archives.read(path, WANTED) == {}


# ------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "name", ["/etc/01_pick_one.py", "../01_pick_one.py", "a/../../b", "C:\\x\\01_pick_one.py", "\\\\host\\x"]
)
def test_paths_that_lead_out_are_refused(tmp_path, name):
    assert "leads out of it" in refused(zipped(tmp_path / "a.zip", {FILE: b"x", name: b"x"}))
    assert "leads out of it" in refused(tarred(tmp_path / "a.tar", {FILE: b"x", name: b"x"}))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.tar", "a.zip"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_an_exercise_that_is_no_regular_file_is_not_read(tmp_path, kind):
    other = "01_first_steps/02_no_update.py"
    path = tarred(tmp_path / "a.tar", {other: b"y", link(FILE, "/etc/passwd", kind): b""})
    found = archives.read(path, WANTED)
    assert found[other] == b"y"
    assert (
        found[FILE]
        == f"{'a link' if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else 'no regular file'}; expected a Python file"
    )


def test_a_link_in_a_zip_is_not_read(tmp_path):
    info = zipfile.ZipInfo(FILE)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert archives.read(zipped(tmp_path / "a.zip", {info: b"/etc/passwd"}), WANTED) == {
        FILE: "a symbolic link; expected a Python file"
    }


def test_links_elsewhere_do_not_matter(tmp_path):
    path = tarred(tmp_path / "a.tar", {link("venv/bin/python", "/usr/bin/python"): b"", FILE: b"x"})
    assert archives.read(path, WANTED) == {FILE: b"x"}


def test_an_encrypted_member_is_named(tmp_path):
    path = zipped(tmp_path / "a.zip", {FILE: b"x"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    assert archives.read(path, WANTED) == {FILE: "encrypted; expected a Python file"}


def test_a_compression_without_limits_is_named(tmp_path):
    path = zipped(tmp_path / "a.zip", {FILE: b"x"}, compression=zipfile.ZIP_LZMA)
    assert archives.read(path, WANTED) == {FILE: "compressed in a way that is not read here; expected a Python file"}


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tar.xz"])
def test_damaged_archives_are_named(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    members = {FILE: os.urandom(4000), "x": os.urandom(4000)}
    if suffix == "zip":
        zipped(path, members)
    else:
        tarred(path, members, {"tar": "w", "tar.gz": "w:gz", "tar.xz": "w:xz"}[suffix])
    path.write_bytes(path.read_bytes()[:2500])
    assert "a damaged archive" in refused(path)


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\x00", bytes(1024)])
def test_what_is_no_archive_is_named_or_empty(tmp_path, data):
    path = tmp_path / "a.tar"
    path.write_bytes(data)
    try:
        assert archives.read(path, WANTED) == {}
    except BadFile as error:
        assert error.expected == archives.EXPECTED  # noqa: PT017 - an empty tar is as good as none


@pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.tar.zst"])
def test_archives_of_other_kinds_are_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert "is not read here" in refused(tmp_path / name)


def test_folders_pipes_and_links_in_place_of_an_archive(tmp_path):
    (tmp_path / "a.zip").mkdir()
    assert "a folder" in refused(tmp_path / "a.zip")
    (tmp_path / "l.zip").symlink_to("/dev/zero")
    assert "a symbolic link" in refused(tmp_path / "l.zip")
    os.mkfifo(tmp_path / "f.zip")
    assert "a named pipe" in refused(tmp_path / "f.zip")


# ------------------------------------------------------------------------------------------- bombs


def bounded(path):
    """Read, and give what came of it with the memory that it took."""
    tracemalloc.start()
    try:
        found = archives.read(path, WANTED)
    except BadFile as error:
        found = error.found
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return found, peak


def test_a_zip_bomb_is_read_up_to_its_limit(tmp_path):
    path = zipped(tmp_path / "a.zip", {FILE: bytes(200 << 20)}, compression=zipfile.ZIP_DEFLATED)
    found, peak = bounded(path)
    assert found == {FILE: f"longer than {SOURCE_LIMIT >> 10} KiB; expected at most that"}
    assert peak < 40 << 20  # the file itself is read with room for all that it may hold


@pytest.mark.parametrize(("suffix", "mode"), [("tar.gz", "w:gz"), ("tar.bz2", "w:bz2"), ("tar.xz", "w:xz")])
def test_a_tar_bomb_ends_at_its_limit(tmp_path, monkeypatch, suffix, mode):
    monkeypatch.setattr(archives, "UNPACKED", 4 << 20)
    path = tarred(tmp_path / f"a.{suffix}", {"big.bin": bytes(8 << 20), FILE: b"x"}, mode)
    found, peak = bounded(path)
    assert found == "an archive of more than 4 MiB when unpacked"
    assert peak < 50 << 20


def test_a_header_that_claims_everything_costs_nothing(tmp_path):
    info = tarfile.TarInfo(FILE)
    info.size = 1 << 40
    (tmp_path / "a.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    found, peak = bounded(tmp_path / "a.tar")
    assert found == "an archive of more than 256 MiB when unpacked"
    assert peak < 40 << 20


def test_an_xz_that_asks_for_much_memory_is_refused(tmp_path):
    import lzma  # noqa: PLC0415 - here alone

    filters = [{"id": lzma.FILTER_LZMA2, "preset": 1, "dict_size": 1 << 29}]
    (tmp_path / "a.tar.xz").write_bytes(lzma.compress(bytes(10240), format=lzma.FORMAT_XZ, filters=filters))
    assert "a damaged archive" in refused(tmp_path / "a.tar.xz")


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MEMBERS", 20)
    members = {f"x{number}": b"" for number in range(30)}
    assert "more than 20 members" in refused(zipped(tmp_path / "a.zip", members))
    assert "more than 20 members" in refused(tarred(tmp_path / "a.tar", members))


def test_a_directory_of_a_million_entries_is_not_read(tmp_path):
    entry = b"PK\x01\x02" + bytes(42)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(entry) * 100_000, 0, 0)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + entry * 100_000 + end)
    found, peak = bounded(tmp_path / "a.zip")
    assert "members" in found
    assert peak < 60 << 20


def test_a_large_archive_and_many_candidates_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LIMIT", 1000)
    (tmp_path / "a.zip").write_bytes(bytes(2000))
    assert "1.95 KiB long" in refused(tmp_path / "a.zip")
    monkeypatch.setattr(archives, "LIMIT", 1 << 20)
    monkeypatch.setattr(archives, "KEPT", 1000)
    members = {f"{number}/01_pick_one.py": bytes(300) for number in range(9)}
    assert "of exercise files" in refused(zipped(tmp_path / "b.zip", members))


def _samples(folder):
    return [
        zipped(folder / "a.zip", {FILE: b"x = 1\n" * 20, "b": b"y"}, compression=zipfile.ZIP_DEFLATED).read_bytes(),
        tarred(folder / "a.tar", {FILE: b"x = 1\n" * 20, link("l", "/etc"): b""}).read_bytes(),
        tarred(folder / "a.tgz", {FILE: b"x = 1\n" * 20}, "w:gz").read_bytes(),
        tarred(folder / "a.txz", {FILE: b"x = 1\n" * 20}, "w:xz").read_bytes(),
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bytes_make_the_reader_fail(tmp_path: Path, data: st.DataObject) -> None:
    changed = bytearray(data.draw(st.sampled_from(_samples(tmp_path))))
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "fuzzed.zip").write_bytes(changed[: data.draw(st.integers(0, len(changed)))])
    try:
        found = archives.read(tmp_path / "fuzzed.zip", WANTED)
    except BadFile:
        return
    assert all(path.split("/")[-1] in WANTED for path in found)
