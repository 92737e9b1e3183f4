"""Folders that only those find who were told their name."""

import json
import subprocess
import sys

import pytest

from trainwhy import unlisted
from trainwhy.worker import confine, kernel, landlock

LOOK = """
import json, os, sys
from pathlib import Path
from trainwhy.worker import confine

own, outer, inner = map(Path, sys.argv[1:])
sandbox = confine.seal(own)


def outcome(action):
    try:
        return str(action())
    except OSError as error:
        return type(error).__name__


print(json.dumps([sandbox, outcome(lambda: os.listdir(outer)), outcome(lambda: outer.chmod(0o700)),
                  outcome(lambda: (inner / "weights").read_text())]))
"""


def test_a_folder_is_empty_can_be_filled_and_goes(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with unlisted.folder("trainwhy-here-") as place:
        assert list(place.iterdir()) == []
        (place / "deep").mkdir()
        (place / "deep" / "file").write_text("kept")
        assert place.parent.parent == tmp_path
        assert place.parent.name.startswith("trainwhy-here-")
        assert place.parent.stat().st_mode & 0o777 == 0o300
        assert len(place.name) >= 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not (kernel.machine() and landlock.version()), reason="this kernel has no Landlock")
def test_a_confined_run_finds_no_folder_of_another(tmp_path):
    with unlisted.folder("trainwhy-other-") as other:
        (other / "weights").write_text("theirs")
        command = [sys.executable, "-c", LOOK, str(tmp_path), str(other.parent), str(other)]
        said = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)
    assert confine.is_whole(said[0])
    assert said[1:] == ["PermissionError", "PermissionError", "theirs"]  # whoever is told the name may read
