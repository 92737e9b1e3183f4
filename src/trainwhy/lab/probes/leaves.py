"""Tensors whose value the learner's first step takes out of TensorFlow."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.recorder import CALLS, Recorder
from trainwhy.lab.session import Session
from trainwhy.results import Leave

WAYS = ("numpy", "__array__", "__float__", "__int__", "__index__", "__bool__", "tolist", "item")


def install(session: Session, recorder: Recorder) -> None:
    """Watch the ways out of an eager tensor during the first step."""

    def watch(how: str) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], tensor: Any, *args: Any, **kwargs: Any) -> Any:
            if session.running and len(recorder.leaves) < CALLS and not _our_own(sys._getframe(2)):
                name = tensors.key(tensor)
                if name:
                    recorder.leaves.append(Leave(name, session.line(), how, session.recording > 0))
            with session.harness_in_control():  # one way out may use another: record the learner's only
                return original(tensor, *args, **kwargs)

        return wrapper

    for how in WAYS:
        owner = next((kind for kind in eager_classes() if how in vars(kind)), None)
        if owner is not None:
            session.first_step_patches.wrap(owner, how, watch(how))


def _our_own(frame: FrameType | None) -> bool:
    """Tell whether trainwhy itself asks: a probe that follows values is no way out of TensorFlow."""
    while frame is not None:
        file = frame.f_code.co_filename.replace("\\", "/")
        if "/trainwhy/lab/" in file and not _stands_around(file, frame.f_code.co_name):
            return True
        if not any(library in file for library in ("/trainwhy/lab/", "/tensorflow/", "/keras/", "/numpy/")):
            return False
        frame = frame.f_back
    return False


def _stands_around(file: str, function: str) -> bool:
    """Tell the code of ours through which the user's own call goes."""
    through = file.endswith("trail.py") and function in ("_call", "_item", "_op", "<lambda>")
    return through or file.endswith(("patching.py", "leaves.py", "keep_tensors.py"))


def eager_classes() -> list[type]:
    """Return the Python classes an eager tensor inherits from, nearest first, that can be patched."""
    return [kind for kind in _eager_class().__mro__ if kind.__module__.startswith("tensorflow")]


def _eager_class() -> type:
    """The class of eager tensors; a release that keeps it elsewhere shows it by making one, which starts TensorFlow."""
    try:
        from tensorflow.python.framework.ops import EagerTensor
    except ImportError:
        return type(tf.constant(0.0))
    found: type = EagerTensor
    return found
