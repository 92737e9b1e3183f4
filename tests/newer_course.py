"""A newer version of the small course of the tests: everything that an update has to cope with, in one folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from trainwhy import course
from trainwhy.course import Course

FIXTURE = Path(__file__).parent / "fixtures" / "course"
TODO = "    # TODO: what is missing?\n"
ANSWER = "    optimizer.apply_gradients(zip(gradients, model.trainable_variables))\n"


def copied(folder: Path) -> Path:
    """Copy the course, to be changed."""
    return Path(shutil.copytree(FIXTURE, folder))


def starter(folder: Path, old: str, new: str, exercise: str = "01_first_steps/02_no_update") -> None:
    """Change a starter of a copied course."""
    path = folder / exercise / "starter.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def add(folder: Path, place: str, identity: str, like: str = "01_first_steps/02_no_update") -> None:
    """Add an exercise to a copied course."""
    shutil.copytree(folder / like, folder / place)
    document = folder / place / "exercise.toml"
    lines = document.read_text().splitlines()
    changed = [f'id = "{identity}"' if line.startswith("id = ") else line for line in lines]
    document.write_text("\n".join(changed) + "\n")


def newer(folder: Path) -> Course:
    """Change the course in every way at once: new, changed, renamed, moved to another chapter, removed."""
    copied(folder)
    starter(folder, "One training step", "A single training step")
    (folder / "01_first_steps" / "02_no_update").rename(folder / "01_first_steps" / "03_no_update_at_all")
    (folder / "02_alone" / "01_write_it").rename(folder / "01_first_steps" / "02_write_it")
    shutil.rmtree(folder / "01_first_steps" / "01_pick_one")
    add(folder, "02_alone/01_another", "another", like="01_first_steps/03_no_update_at_all")
    return course.load(folder)
