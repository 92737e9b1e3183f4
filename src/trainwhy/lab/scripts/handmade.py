"""Losses written by hand, found among the operations of a step: cross-entropies by `log`, regressions by differences.

Only what runs under a tape, outside of every layer and of every loss of Keras is looked at: there one side depends on
the weights and the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trainwhy.lab import tensors
from trainwhy.lab.scripts.gates import BINARY, CATEGORICAL, REGRESSION, Gates, Meeting
from trainwhy.lab.scripts.makers import PASSING, Maker, Makers

# Between a probability and its logarithm: what keeps it away from 0.
GUARDS = PASSING | {"AddV2", "Add", "Maximum", "Minimum", "ClipByValue"}
SQUARES = {"Square": "mean_squared_error", "Pow": "mean_squared_error", "Abs": "mean_absolute_error"}


@dataclass
class Handmade:
    """What was met in the step that is on."""

    makers: Makers
    gates: Gates
    meetings: list[Meeting] = field(default_factory=list)
    complements: set[str | None] = field(default_factory=set)  # predictions of which also log(1 - p) is taken

    def seen(self, maker: Maker) -> None:
        """Look at one operation."""
        if not maker.trained or self.makers.layers or self.gates.on or len(self.meetings) >= 12:  # noqa: PLR2004
            return
        if maker.type == "Mul" and tensors.key(maker.inputs[0]) == tensors.key(maker.inputs[1]):
            self._squared(maker, "mean_squared_error")  # `error * error`
        elif maker.type == "Mul":
            self._product(maker)
        elif maker.type == "SquaredDifference":
            self._difference(maker, maker, "mean_squared_error")
        elif maker.type in SQUARES:
            self._squared(maker, SQUARES[maker.type])

    def found(self) -> list[Meeting]:
        """Return the losses of the step, and begin anew."""
        for meeting in self.meetings:
            if meeting.family == CATEGORICAL and tensors.key(meeting.y_pred) in self.complements:
                meeting.family, meeting.loss = BINARY, "binary_crossentropy"
        meetings, self.meetings = self.meetings, []
        self.complements.clear()
        return meetings

    # -------------------------------------------------------------------------------- differences

    def _squared(self, maker: Maker, loss: str) -> None:
        before = self.makers.behind(maker.inputs[0])
        if before is not None and before.type == "Sub":
            self._difference(before, maker, loss)

    def _difference(self, maker: Maker, outer: Maker, loss: str) -> None:
        sides = [one for one in maker.inputs[:2] if one is not None]
        trained = [one for one in sides if self.makers.trained(one)]
        plain = [one for one in sides if not self.makers.trained(one) and not self._stopped(one)]
        if len(trained) == 1 and len(plain) == 1 and _rank(plain[0]):
            self._add(loss, REGRESSION, plain[0], trained[0], outer.line)

    def _stopped(self, tensor: Any) -> bool:
        """Tell a value that the weights made, but that no gradient may follow."""
        maker = self.makers.known.get(tensors.key(tensor) or "")
        return maker is not None and maker.type == "StopGradient"

    # -------------------------------------------------------------------------------- logarithms

    def _product(self, maker: Maker) -> None:
        for index in (0, 1):
            log = self._log(maker.inputs[index])
            labels = maker.inputs[1 - index]
            if log is None or labels is None or self.makers.trained(labels) or not _rank(labels):
                continue
            prediction, complement = self._prediction(log.inputs[0])
            if prediction is None:
                return
            if complement:
                self.complements.add(tensors.key(prediction))
            elif tensors.shape(labels) == tensors.shape(prediction):
                self._add("categorical_crossentropy", CATEGORICAL, labels, prediction, log.line)
            return

    def _log(self, tensor: Any) -> Maker | None:
        maker = self.makers.behind(tensor)
        if maker is not None and maker.type == "Neg":
            maker = self.makers.behind(maker.inputs[0])
        return maker if maker is not None and maker.type == "Log" else None

    def _prediction(self, tensor: Any) -> tuple[Any, bool]:
        """Walk back from the logarithm to the prediction; also tell whether its complement was taken."""
        complement = False
        for _ in range(10):
            maker = self.makers.known.get(tensors.key(tensor) or "")
            if maker is None or not maker.trained:
                return None, complement
            if maker.type == "Sub" and not self.makers.trained(maker.inputs[0]):
                complement = True
                tensor = maker.inputs[1]
            elif maker.type in GUARDS and self._guarded(maker):
                tensor = next(one for one in maker.inputs if one is not None and self.makers.trained(one))
            else:
                return tensor, complement
        return None, complement

    def _guarded(self, maker: Maker) -> bool:
        """A guard holds the prediction and scalars: a bias is one number for each unit."""
        trained = [one for one in maker.inputs if one is not None and self.makers.trained(one)]
        return len(trained) == 1 and (
            maker.type in PASSING or all(one is trained[0] or not _rank(one) for one in maker.inputs)
        )

    def _add(self, loss: str, family: str, y_true: Any, y_pred: Any, line: int | None) -> None:
        if not any(one.y_pred is y_pred and one.family == family for one in self.meetings):
            self.meetings.append(Meeting(loss, family, "", False, y_true, y_pred, line=line))


def _rank(tensor: Any) -> int:
    return len(tensors.shape(tensor)) if tensor is not None else 0
