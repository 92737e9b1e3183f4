"""What the probes of one script write down, before it becomes a frozen `Seen`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trainwhy.lab.recorder import Recorder
from trainwhy.results import Value
from trainwhy.seen import (
    AttributeSeen,
    Captured,
    CompileSeen,
    DataFault,
    DatasetOp,
    DrainedSeen,
    FeedSeen,
    FitSeen,
    FunctionSeen,
    HeadSeen,
    IteratorSeen,
    LossArguments,
    LossCall,
    Meeting,
    MetricSeen,
    ModelSeen,
    Numbers,
    OptimizerSeen,
    PenaltySeen,
    PhaseSeen,
    RateSeen,
    ReadingSeen,
    ResumeSeen,
    StepSeen,
    Stretch,
    Trainee,
    TrainingCall,
    UntrackedSeen,
    WeightSeen,
)


@dataclass
class ScriptRecorder(Recorder):
    """Growing lists with fixed caps, as in an exercise's recorder."""

    steps: list[StepSeen] = field(default_factory=list)
    losses: list[LossCall] = field(default_factory=list)
    heads: list[HeadSeen] = field(default_factory=list)
    models: list[ModelSeen] = field(default_factory=list)
    compiles: list[CompileSeen] = field(default_factory=list)
    fits: list[FitSeen] = field(default_factory=list)
    functions: list[FunctionSeen] = field(default_factory=list)
    metrics: list[MetricSeen] = field(default_factory=list)
    weights: list[WeightSeen] = field(default_factory=list)
    targets: list[Numbers] = field(default_factory=list)
    datasets: list[DatasetOp] = field(default_factory=list)
    iterators: list[IteratorSeen] = field(default_factory=list)
    drained: list[DrainedSeen] = field(default_factory=list)
    captured: list[Captured] = field(default_factory=list)
    arguments: list[LossArguments] = field(default_factory=list)
    training_calls: list[TrainingCall] = field(default_factory=list)
    penalties: list[PenaltySeen] = field(default_factory=list)
    feeds: list[FeedSeen] = field(default_factory=list)
    faults: list[DataFault] = field(default_factory=list)
    made: list[tuple[str, int]] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    optimizers_seen: list[OptimizerSeen] = field(default_factory=list)
    trainees: list[Trainee] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rates: list[RateSeen] = field(default_factory=list)
    attributes: list[AttributeSeen] = field(default_factory=list)
    phases: list[PhaseSeen] = field(default_factory=list)
    untracked: list[UntrackedSeen] = field(default_factory=list)
    resumes: list[ResumeSeen] = field(default_factory=list)
    readings: list[ReadingSeen] = field(default_factory=list)
    facts: dict[str, Value] = field(default_factory=dict)
    batches: dict[int, Any] = field(default_factory=dict)  # model number -> the inputs of its first recorded call
