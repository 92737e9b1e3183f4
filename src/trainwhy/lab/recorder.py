"""What the probes of one run write down, before it becomes a frozen `Run`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trainwhy.results import (
    Call,
    Epoch,
    Failure,
    GradientCall,
    GradientCheck,
    Leave,
    Op,
    Optimizer,
    Returned,
    Update,
    Variable,
)


@dataclass
class Recorder:
    """Growing lists with fixed caps: memory does not grow with the number of steps."""

    epochs: list[Epoch] = field(default_factory=list)
    gradient_calls: list[GradientCall] = field(default_factory=list)
    gradient_call_count: int = 0
    updates: list[Update] = field(default_factory=list)
    update_count: int = 0
    repeated_updates: int = 0
    origins: dict[str, tuple[int, str | None]] = field(default_factory=dict)  # gradient tensor -> (call, variable)
    known_optimizers: Any = None  # weak dictionary: optimizer -> number
    applied: dict[str, None] = field(default_factory=dict)  # gradient tensors an update applied, oldest first
    used_calls: set[int] = field(default_factory=set)  # serials of gradient calls that reached an update
    calls: list[Call] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    later_ops: list[Op] = field(default_factory=list)  # of a script's look: its steps after the first
    leaves: list[Leave] = field(default_factory=list)
    optimizers: dict[int, Optimizer] = field(default_factory=dict)  # by id of the optimizer
    optimizer_count: int = 0
    numbered: dict[str, int] = field(default_factory=dict)  # variables that optimizers updated, by their handles
    modes: dict[str, list[Any]] = field(default_factory=dict)  # layer -> [kind, recorded, trained, line]
    variables: list[Variable] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)  # global gradient norms of this epoch
    traced_calls: int = 0
    reported: list[float] = field(default_factory=list)
    first_gradients: dict[str, Any] = field(default_factory=dict)  # variable -> array, the first step's
    trained: tuple[str, ...] = ()  # trainable variables at the end of the first step
    start: dict[str, Any] = field(default_factory=dict)  # weights before the first step
    starts: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)  # the same for each model that was fitted
    after_first: dict[str, Any] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)  # weights after the last step
    first_batch: Any = None
    reference_gradients: dict[str, Any] = field(default_factory=dict)  # the task's own, at the first step
    first_norm: float | None = None
    first_reported: float | None = None
    inputs_changed: set[str] = field(default_factory=set)
    returned: Returned | None = None
    check: GradientCheck | None = None
    error: Failure | None = None
    nothing_returned: Failure | None = None  # said only when nothing worse happened
    unobserved: list[str] = field(default_factory=list)


DETAIL = 6  # gradient calls and updates recorded in full
OPS = 4000  # operations of the first step recorded
CALLS = 40
MODELS = 16
OPTIMIZERS = 8
