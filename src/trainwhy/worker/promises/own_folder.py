"""The run's own folder can be written: what is refused elsewhere is not refused for another reason."""

from __future__ import annotations

from pathlib import Path

from trainwhy.worker.promises import Ground

TITLE = "be kept from its own folder"
NEEDS: tuple[str, ...] = ()


def attempt(_: Ground) -> str:
    """Make, rename, empty and remove a file and a folder."""
    folder = Path("own")
    folder.mkdir()
    (folder / "one").write_text("one")
    (folder / "one").rename(folder / "two")
    with (folder / "two").open("r+") as stream:
        stream.truncate(0)
    (folder / "two").unlink()
    folder.rmdir()
    return "it can write there"
