"""A progress file of any kind: a memory, with notes, that can be gone on with and stored."""

from __future__ import annotations

import json
import random
from pathlib import Path

from hypothesis import given

from fuzzing import CHANCES, bent, damaged, inputs
from trainwhy import progress
from trainwhy.progress import Progress
from trainwhy.progress.document import dump
from trainwhy.workspace import Workspace


def real() -> Progress:
    now = Progress()
    for name in ("no-update", "write-it"):
        now = progress.moved_to(now, name)
        now = progress.predicted(now, name, "same", 2, day=20_000)
        now = progress.judged(progress.attempted(now, name, "TW101"), name, right=True)
        now = progress.solved(progress.hint_shown(now, name), name, "x = 1\n", day=20_001)
    return now


REAL = dump(real())


def damage(chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        return damaged(REAL, chance)
    return json.dumps(bent(json.loads(REAL), chance)).encode("utf-8", "surrogatepass")


@inputs("progress file")
@given(chance=CHANCES)
def test_any_progress_file_is_a_memory_that_goes_on(tmp_path: Path, chance: random.Random) -> None:
    made = Workspace(tmp_path)
    made.state.mkdir(exist_ok=True)
    data = damage(chance)
    path = made.state / "progress.json"
    path.write_bytes(data)
    found, notes = progress.load(made)
    assert all(note.isprintable() for note in notes)
    for name in [*list(found.records)[:3], "no-update", ""]:
        record = found.of(name)
        assert record.state in ("new", "attempted", "solved")
        record.changed_since_solved("x = 1\n")
        after = progress.solved(progress.judged(progress.hint_shown(found, name), name, right=False), name, "y\n")
        assert after.of(name).state == "solved"
    if chance.random() < 0.03:  # storing takes most of the time
        stored, _ = progress.save(made, lambda before: progress.attempted(before, "no-update", "TW101"))
        assert progress.load(made)[0] == stored or stored.read_only
    aside = [one.read_bytes() for one in made.state.glob("progress.json.bad-*")]
    assert path.exists() or data in aside, "what cannot be understood is never thrown away"
    for one in made.state.glob("progress.json*"):
        one.unlink()
