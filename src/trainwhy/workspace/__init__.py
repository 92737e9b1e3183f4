"""The learner's folder: one file per exercise, made once, never overwritten without a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trainwhy.workspace.files import backups, is_untouched, read, reset, undo, write
from trainwhy.workspace.folder import Creation, Workspace, create, find, is_behind, make, manifest, open_
from trainwhy.workspace.handed_out import Manifest

if TYPE_CHECKING:
    from trainwhy.workspace.journal import Undone
    from trainwhy.workspace.merging import Conflict, Side
    from trainwhy.workspace.planning import Step
    from trainwhy.workspace.updating import OPEN, Update, is_newest, undo_update, update

__all__ = [
    "OPEN",
    "Conflict",
    "Creation",
    "Manifest",
    "Side",
    "Step",
    "Undone",
    "Update",
    "Workspace",
    "backups",
    "create",
    "find",
    "is_behind",
    "is_newest",
    "is_untouched",
    "make",
    "manifest",
    "open_",
    "read",
    "reset",
    "undo",
    "undo_update",
    "update",
    "write",
]

_LATER = {
    "Conflict": "merging",
    "OPEN": "updating",
    "Side": "merging",
    "Step": "planning",
    "Undone": "journal",
    "Update": "updating",
    "is_newest": "updating",
    "undo_update": "updating",
    "update": "updating",
}


def __getattr__(name: str) -> Any:
    """Import what an update needs when it is asked for: the merge is no part of a quick command."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415 - see above

    return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
