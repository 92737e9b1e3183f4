"""A run writes no file larger than its limit."""

from __future__ import annotations

import errno
import os

from trainwhy.worker import confine
from trainwhy.worker.promises import Broken, Ground

TITLE = "write a huge file"
NEEDS: tuple[str, ...] = ()


def attempt(_: Ground) -> str:
    """Write one byte beyond the limit."""
    descriptor = os.open("big", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, b".", confine.FILE_BYTES)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error.errno))
    finally:
        os.close(descriptor)
    raise Broken("the file was written")
