"""Where targets meet predictions on the way to a loss, which way the gradient pushes, and what broadcasting made of it.

Only a look sees this: there every operation runs eagerly. The gradient of the loss at each meeting is asked of the
script's own tape together with the script's own question, below TensorFlow's public door, so that the script's answer
is the one it would have got.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.flow import (
    CROSS_ENTROPIES,
    DIFFERENCES,
    SPLITS,
    Event,
    Events,
    Flow,
    Known,
    agreement_of,
    is_eager,
    is_outer,
    longer,
    stretched,
    values,
)
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import Meeting, Stretch

MOST = 60
PRODUCTS = frozenset({"Mul", "MulNoNan"})
BINARY = DIFFERENCES | PRODUCTS | {"AddV2", "RealDiv", "DivNoNan", "Maximum", "Minimum", "Pow"}
TINY = 1e-6
LIBRARY = frozenset({"custom", "ctc", ""})  # what these say is not known


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Follow every operation of a look."""
    if not session.looking:
        return
    try:
        from tensorflow.python.eager import imperative_grad
        from tensorflow.python.framework import op_callbacks
    except ImportError:
        recorder.unobserved.append("meetings of targets and predictions (this release shows no operations)")
        return
    probe = _Probe(session, recorder)

    def seen(kind: Any, inputs: Any, _attributes: Any, outputs: Any, op_name: Any = None, graph: Any = None) -> None:  # noqa: ARG001 - the signature
        if session.running and graph is None:
            with session.harness_in_control():
                probe.see(kind.decode() if isinstance(kind, bytes) else str(kind), list(inputs), list(outputs or ()))

    def remove() -> None:
        with contextlib.suppress(KeyError):
            op_callbacks.remove_op_callback(seen)

    op_callbacks.add_op_callback(seen)
    session.patches.callback(remove)
    if hasattr(imperative_grad, "imperative_grad"):
        session.wrap(imperative_grad, "imperative_grad", probe.ask)
    session.hears_losses.append(probe.hear)
    session.hears_inner_losses.append(probe.hear)
    session.after_step.append(probe.forget)


class _Probe:
    """What one look knows of the step that is on."""

    def __init__(self, session: ScriptSession, recorder: ScriptRecorder) -> None:
        self.session, self.recorder = session, recorder
        self.flow = Flow()
        self.flips: list[tuple[Any, int | None, Events]] = []
        self.asked = 0

    def forget(self) -> None:
        """Let go of the step that is over."""
        self.flow.clear()
        self.flips.clear()

    # -------------------------------------------------------------------------------- operations

    def see(self, kind: str, inputs: list[Any], outputs: list[Any]) -> None:
        line = self.session.line()
        self.flow.pass_on(kind, inputs, outputs, line)
        if not outputs or not self.session.recording:
            return
        if kind in SPLITS:
            for number in self.flow.of(inputs[0]).events:
                self.flow.events[number].told_apart = True
        if kind in CROSS_ENTROPIES:
            self._cross_entropy(kind, inputs, outputs, line)
        if kind in ("Neg", "Sub"):
            self._flip(kind, inputs, line)
        if kind in BINARY and not self.session.layers:
            self._meet(kind, inputs, outputs[0], line)

    def _cross_entropy(self, kind: str, inputs: list[Any], outputs: list[Any], line: int | None) -> None:
        one = self.flow.of(inputs[0])
        if one.weights:
            self.flow.mark(outputs[0], self.flow.add("log_probability", kind, line, outputs[0], one.events, sign=1.0))

    def _flip(self, kind: str, inputs: list[Any], line: int | None) -> None:
        last = inputs[-1]
        one = self.flow.of(last)
        if not one.weights or not one.events or (kind == "Sub" and self.flow.of(inputs[0]).weights):
            return
        array = values(last)
        own = any(self.flow.events[n].kind == "loss" for n in one.events)
        if array is not None and array.size and (own or float(array.min()) >= 0):
            self.flips.append((last, line, one.events))

    def _meet(self, kind: str, inputs: list[Any], made: Any, line: int | None) -> None:
        left, right = (self.flow.of(one) for one in inputs[:2])
        if bool(left.weights) == bool(right.weights):
            self._together(left, right, inputs, made)
            return
        first = bool(left.weights)
        known, prediction, target = (left, *inputs[:2]) if first else (right, inputs[1], inputs[0])
        data = self.flow.of(target)
        if not made.dtype.is_floating or not made.shape.num_elements() or target.shape.num_elements() <= 1:
            return
        self._tell_apart(known, target)
        how = stretched(kind, tuple(prediction.shape), tuple(target.shape), tuple(made.shape))
        if how:
            event = self.flow.add(
                how, kind, line, made, known.events,
                shapes=tuple(tuple(t.shape) for t in (prediction, target, made)), lines=(known.line, data.line),
            )  # fmt: skip
            event.told_apart = known.maker in ("Pack", "ConcatV2") and how == "column"
            self.flow.mark(made, event)
        self._direction(kind, known, prediction, target, made, line)

    def _together(self, left: Known, right: Known, inputs: list[Any], made: Any) -> None:
        """Two tensors of the same origin: all rows with all rows on purpose, or columns that are told apart."""
        shapes = [tuple(one.shape) for one in inputs[:2]]
        if left.weights and is_outer(shapes[0], shapes[1], tuple(made.shape)):
            self.flow.pairwise.append(left.events | right.events)
            key = tensors.key(made)
            if key:
                self.flow.mark(made, self.flow.add("pairwise", "", None, made, left.events | right.events))
        for number in left.events ^ right.events:
            event = self.flow.events[number]
            other = shapes[1] if number in left.events else shapes[0]
            if event.kind == "column" and other and other[-1] != 1 and other[-1] == event.shapes[2][-1]:
                event.told_apart = True

    def _tell_apart(self, known: Known, target: Any) -> None:
        for number in known.events:
            event = self.flow.events[number]
            if event.kind == "column" and target.shape.rank and target.shape[-1] == event.shapes[2][-1] != 1:
                event.told_apart = True

    def _direction(self, kind: str, known: Known, prediction: Any, target: Any, made: Any, line: int | None) -> None:
        array = values(made)
        if array is None or not np.isfinite(array).all():
            return
        if kind in DIFFERENCES:
            event = self.flow.add("difference", kind, line, made, known.events, sign=np.sign(array))
        elif kind in PRODUCTS:
            event = self._product(kind, known, prediction, target, made, line)
        else:
            return
        if event is not None:
            self.flow.mark(made, event)

    def _product(self, kind: str, known: Known, prediction: Any, target: Any, made: Any, line: int | None) -> Any:
        left, right = values(prediction), values(target)
        if left is None or right is None or not left.size:
            return None
        if known.logarithm and left.max() <= TINY:
            return self.flow.add("log_probability", kind, line, made, known.events, sign=-1.0)
        if (
            known.logarithm
            and left.min() >= -TINY
            and any(self.flow.events[n].kind in ("log_probability", "loss") for n in known.events)
        ):
            return self.flow.add("log_probability", kind, line, made, known.events, sign=1.0)
        labels = set(np.unique(right)) == {0.0, 1.0}
        if labels and left.shape == right.shape and left.min() >= 0 and left.max() <= 1 and not known.events:
            return self.flow.add("overlap", kind, line, prediction, known.events, sign=1 - 2 * right)
        return self.flow.add("weight", kind, line, made, known.events) if right.min() < 0 else None

    def hear(self, said: dict[str, Any], value: Any) -> None:
        """A loss of the library was computed: every one of them is small when the model is good."""
        kind = said.get("kind")
        known = self.flow.of(value)
        if kind in LIBRARY or not known.weights or not self.session.recording or tensors.is_symbolic(value):
            return
        self.flow.mark(value, self.flow.add("loss", str(kind), self.session.line(), value, known.events, sign=1.0))

    # -------------------------------------------------------------------------------- questions

    def ask(self, original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask the tape about the meetings as well; the script gets what it asked for."""
        events: list[Event] = []
        if self.session.recording is not None and is_eager(target):
            with self.session.harness_in_control():
                events = self._upstream(target)
        if not events:
            return original(tape, target, sources, *args, **kwargs)
        answer = original(tape, target, [*sources, *(e.asked for e in events)], *args, **longer(kwargs, events))
        mine, theirs = answer[len(sources) :], answer[: len(sources)]
        with self.session.harness_in_control():
            self._note(events, mine, target, sources)
        return theirs

    def _upstream(self, target: Any) -> list[Event]:
        numbers: Events = frozenset().union(*(self.flow.of(one).events for one in target))
        return [self.flow.events[n] for n in sorted(numbers) if self.flow.events[n].kind != "pairwise"][:MOST]

    def _note(self, events: list[Event], gradients: Any, target: Any, sources: Any) -> None:
        self.asked += 1
        line = self.session.line()
        known = [self.flow.of(one) for one in target]
        above = frozenset().union(*(one.events for one in known))
        pairwise = any(self.flow.events[n].kind == "pairwise" for n in above)
        for event in events:
            if event.shapes and len(self.recorder.stretches) < MOST:
                self.recorder.stretches.append(self._stretch(event, line, pairwise=pairwise))
        judged = [(e, g) for e, g in zip(events, gradients, strict=True) if not e.shapes]
        last = [(e, g) for e, g in judged if not any(e.number in other.before for other, _ in judged)]
        left_out = self._left_out(known, sources)
        for event, gradient in last if sources and len(self.recorder.meetings) < MOST else ():
            agreement, elements = agreement_of(event, gradient)
            flips = [line for _, line, above in self.flips if event.number in above]
            self.recorder.meetings.append(
                Meeting(
                    self.session.step, self.asked, event.line, line, event.kind, event.type, elements, agreement,
                    flipped_line=flips[-1] if flips else None,
                    loss_line=known[0].line if known else None,
                    left_out=left_out,
                )
            )  # fmt: skip

    def _left_out(self, known: list[Known], sources: Any) -> int:
        """Count the trainable variables that the loss depends on and that were not asked for."""
        bits = 0
        for one in known:
            bits |= one.weights
        asked = {tensors.key(getattr(s, "handle", s)) for s in sources}
        open_now = {tensors.handle_key(v) for v in self.session.everything.trainable_variables}
        found = {handle for handle, bit in self.flow.bits.items() if bit & bits}
        return len((found & open_now) - asked)

    def _stretch(self, event: Event, line: int | None, *, pairwise: bool) -> Stretch:
        prediction, target, made = event.shapes
        return Stretch(
            event.kind, self.session.step, event.line, line, event.type, prediction, target, made,
            *event.lines, told_apart=event.told_apart, pairwise=pairwise,
        )  # fmt: skip
