"""The learner's folder: one file per exercise, made once, never overwritten without a backup."""

from trainwhy.workspace.files import backups, is_untouched, read, reset, undo, write
from trainwhy.workspace.folder import Creation, Workspace, create, find, make, manifest, open_
from trainwhy.workspace.handed_out import Manifest
from trainwhy.workspace.merging import Conflict, Side
from trainwhy.workspace.planning import Step
from trainwhy.workspace.updating import OPEN, Undone, Update, is_behind, is_newest, undo_update, update

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
