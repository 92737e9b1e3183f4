"""What Keras, TensorFlow and NumPy warn of; each warning keeps the place it would name if nobody watched."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

MOST = 40
OURS = "/trainwhy/lab/"


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Note every warning; a wrap of ours between the caller and the one who warns is not counted as a caller."""

    def warn(original: Callable[..., Any], message: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and len(recorder.warnings) < MOST:
            recorder.warnings.append(str(message)[:400])
        level = kwargs.pop("stacklevel", args[1] if len(args) > 1 else 1)
        given = [args[0] if args else kwargs.pop("category", None), *args[2:]]
        return original(message, given[0], _beyond_us(level) if isinstance(level, int) else level, *given[1:], **kwargs)

    session.wrap(warnings, "warn", warn)


def _beyond_us(level: int) -> int:
    """Count as many frames that are not ours as were asked for; this one, the wrap and the wrapper come on top."""
    walk: FrameType | None = sys._getframe(3)
    steps, left = 3, level
    while walk is not None and left > 1:
        walk, steps = walk.f_back, steps + 1
        if walk is not None and OURS not in walk.f_code.co_filename.replace("\\", "/"):
            left -= 1
    return steps
