"""Which of the targets are checked this time: a shard of them, or those that changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.cli.targets import Target

_SHARD = re.compile(r"([0-9]{1,6})/([0-9]{1,6})", re.ASCII)


def shard(text: str) -> tuple[int, int]:
    """Read `2/4`: the second of four parts, counted from 1."""
    found = _SHARD.fullmatch(text.strip())
    index, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= index <= count:
        raise Usage(
            f"`--shard {text}` is no part of a whole", "use i/n with i from 1 to n: `--shard 1/4` to `--shard 4/4`"
        )
    return index, count


def of_shard(targets: Sequence[Target], index: int, count: int) -> list[Target]:
    """Take the targets of one shard: an exercise's id alone decides, so no other file moves it to another shard."""
    return [target for target in targets if place_of(target.exercise.id, count) == index]


def place_of(identity: str, count: int) -> int:
    """Give the shard, from 1 to `count`, that an exercise belongs to, on every machine and with every Python."""
    import hashlib

    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big") % count + 1


def of_changed(targets: Sequence[Target], reference: str) -> list[Target]:
    """Take the targets whose file differs from what a commit holds."""
    from trainwhy.cli import repository

    differs = repository.changed([target.path for target in targets], reference)
    return [target for target, one in zip(targets, differs, strict=True) if one]
