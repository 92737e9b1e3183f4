"""Every TensorFlow operation of the first step, with the learner's line: the chain from variables to the loss.

TensorFlow has no public way to see operations as they happen, eagerly and while a function is traced. This probe uses
`tensorflow.python.framework.op_callbacks`, which TensorFlow's own debugger stands on; where a release lacks it, the run
says that operations could not be observed and every rule that needs them stays silent.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from trainwhy.lab import tensors
from trainwhy.lab.recorder import OPS, Recorder
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.session import Session
from trainwhy.results import Op
from trainwhy.seen import Numbers

UNNAMED = "handle:"


def install(session: Session, recorder: Recorder) -> None:
    """Record operations from now until the end of the first step."""
    try:
        from tensorflow.python.framework import op_callbacks
    except ImportError:
        recorder.unobserved.append("TensorFlow operations (this release has no operation callbacks)")
        return
    names = _Names(session)

    def seen(
        op_type: str | bytes,
        inputs: Any,
        _attributes: Any,
        outputs: Any,
        op_name: str | None = None,  # noqa: ARG001 - the callback's signature
        graph: Any = None,
    ) -> None:
        kept = recorder.later_ops if session.step else recorder.ops
        if session.running and len(kept) < OPS:
            with session.harness_in_control():
                kept.append(_op(session, names, op_type, inputs, outputs, graph))

    op_callbacks.add_op_callback(seen)
    # A script may train several models in turn, so the look at it goes on behind the first step.
    patches = session.patches if _looking(session) else session.first_step_patches
    patches.callback(_remover(op_callbacks, seen))


def finish(session: Session, recorder: Recorder) -> None:
    """Name the variables that were read before they had a name: those which belong to no model."""
    known = getattr(session, "_named", None)
    if known is not None:
        recorder.ops[:] = [_named(op, known) for op in recorder.ops]
        recorder.later_ops[:] = [_named(op, known) for op in recorder.later_ops]


def _named(op: Op, known: dict[Any, str]) -> Op:
    if op.variable is None or not op.variable.startswith(UNNAMED):
        return op
    return replace(op, variable=known.get(op.variable.removeprefix(UNNAMED)))


def _remover(op_callbacks: Any, seen: Callable[..., None]) -> Callable[[], None]:
    def remove() -> None:
        with contextlib.suppress(KeyError):
            op_callbacks.remove_op_callback(seen)

    return remove


def _op(session: Session, names: _Names, op_type: str | bytes, inputs: Any, outputs: Any, graph: Any) -> Op:
    outputs = list(outputs or ())
    first = outputs[0] if outputs else None
    return Op(
        type=op_type.decode() if isinstance(op_type, bytes) else str(op_type),
        inputs=tuple(k for k in map(tensors.key, inputs) if k),
        outputs=tuple(k for k in map(tensors.key, outputs) if k),
        dtype=str(getattr(getattr(first, "dtype", None), "name", "")),
        shape=tensors.shape(first),
        line=session.line(),
        recording=session.recording > 0,
        variable=names.of(inputs[0], graph) if len(inputs) and _is_resource(inputs[0]) else None,
        in_graph=graph is not None,
        input_shapes=tuple(map(tensors.shape, inputs)) if _looking(session) else (),
        numbers=_numbers(first) if _looking(session) else None,
        layer_line=session.layer_line() if _looking(session) else None,  # type: ignore[attr-defined]
    )


def _looking(session: Session) -> bool:
    return bool(getattr(session, "looking", False))


def _numbers(tensor: Any) -> Numbers | None:
    """Sum up a result; the eager look at a script alone can see it."""
    return None if tensor is None or tensors.is_symbolic(tensor) or _is_resource(tensor) else numbers(tensor)


def _is_resource(tensor: Any) -> bool:
    return str(getattr(getattr(tensor, "dtype", None), "name", "")) == "resource"


class _Names:
    """Finds the variable behind a resource handle, also behind a function's captured placeholder."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.known: dict[str, str] = {}

    def of(self, handle: Any, graph: Any) -> str | None:
        outer = self._captured(handle, graph)
        key = tensors.key(outer)
        if key not in self.known:
            self._learn()
        unnamed = f"{UNNAMED}{key}" if key and _looking(self.session) else None
        return self.known.get(key or "", unnamed)

    def _learn(self) -> None:
        model = self.session.model
        for variable in getattr(model, "variables", None) or ():
            key = tensors.handle_key(variable)
            if key:
                looking = _looking(self.session)
                self.known[key] = self.session.name_of(variable) if looking else tensors.variable_name(variable)

    def _captured(self, handle: Any, graph: Any) -> Any:
        while graph is not None and tensors.is_symbolic(handle):
            outer = next((o for o, inner in getattr(graph, "captures", ()) if inner is handle), None)
            if outer is None:
                return handle
            handle, graph = outer, getattr(outer, "graph", None) if tensors.is_symbolic(outer) else None
        return handle
