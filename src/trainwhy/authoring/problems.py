"""One thing that is wrong in the course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, and what: the message stands alone after the path."""

    path: Path
    message: str
