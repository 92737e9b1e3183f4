"""The learner's folder: one file per exercise, made once, never overwritten without a backup."""

from trainwhy.workspace.files import backups, is_untouched, read, reset, undo, write
from trainwhy.workspace.folder import Creation, Manifest, Workspace, create, find, make, manifest, open_

__all__ = [
    "Creation",
    "Manifest",
    "Workspace",
    "backups",
    "create",
    "find",
    "is_untouched",
    "make",
    "manifest",
    "open_",
    "read",
    "reset",
    "undo",
    "write",
]
