"""How weights began, how signals and gradients pass through the layers at the first step: what several rules ask. Pure.

Everything here is measured: by the eager look at the first step, and by the watched run at its end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from trainwhy import learning
from trainwhy.dataflow import upstream
from trainwhy.results import Evidence, Op, Run, Span
from trainwhy.seen import LayerSeen, LossCall, Numbers, WeightSeen
from trainwhy.sources import call_span, line_span

KERNELS = frozenset({"MatMul", "BatchMatMulV2", "Conv1D", "Conv2D", "Conv3D", "Einsum"})
NORMS = ("BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization", "UnitNormalization")
CONVEX = frozenset({"mean_squared_error", "mean_absolute_error", "huber", "log_cosh", "mean_absolute_percentage_error"})


def weights(run: Run) -> tuple[WeightSeen, ...]:
    """Every variable as the look saw it begin, and as the watched run left it."""
    look = run.look.weights if run.look else ()
    seen = {w.name: w for w in (run.seen.weights if run.seen else ())}
    return tuple(
        replace(w, columns_at_end=seen[w.name].columns_at_end, end=seen[w.name].end) if w.name in seen else w
        for w in look
    )


def kernels(run: Run) -> tuple[WeightSeen, ...]:
    """Trainable matrices that got a gradient at the first step, in the order of the model; no embeddings."""
    return tuple(
        w
        for w in weights(run)
        if w.trainable
        and len(w.shape) > 1
        and w.gradient is not None
        and w.kind != "Embedding"
        and "bias" not in w.name.rpartition("/")[2]
    )


def gain(weight: WeightSeen) -> float:
    """How much a matrix makes independent inputs of size one grow: root mean square times root of what comes in."""
    size = rms(weight.start)
    coming = math.prod(n or 1 for n in weight.shape[:-1])
    return 0.0 if size is None else size * math.sqrt(coming)


def rms(numbers: Numbers | None) -> float | None:
    """Root mean square of an array."""
    if numbers is None or numbers.mean is None or numbers.deviation is None:
        return None
    return math.hypot(numbers.mean, numbers.deviation)


def layers(run: Run) -> tuple[LayerSeen, ...]:
    """Every layer that the look met at the first step, each once."""
    found: dict[tuple[str, tuple[int, ...]], LayerSeen] = {}
    for model in run.look.models if run.look else ():
        for layer in model.layers:
            known = found.get((layer.name, layer.lines))
            if known is None or known.made is None:
                found[layer.name, layer.lines] = layer
    return tuple(found.values())


def layer_of(run: Run, keys: Sequence[str]) -> LayerSeen | None:
    """The layer whose result is one of these tensors."""
    return next((one for one in layers(run) if one.made_key is not None and one.made_key in keys), None)


def normalised(run: Run) -> bool:
    """Tell whether a normalisation stands in a model: then the size of weights before it does not matter."""
    return any(layer.kind in NORMS for layer in layers(run))


def way_to_loss(run: Run) -> tuple[Op, ...]:
    """The operations of the first step whose values went into the loss."""
    call = next((c for c in run.gradient_calls if c.step == 0 and c.target is not None), None)
    return () if call is None else upstream(run.ops, call.target, in_graph=call.in_graph)


def first_loss(run: Run) -> float | None:
    """The loss of the first step, before anything moved."""
    steps = run.look.steps if run.look else ()
    return steps[0].loss if steps else None


def first_gradient(run: Run) -> float | None:
    """The length of the first step's gradient."""
    steps = run.look.steps if run.look else ()
    return steps[0].gradient if steps else None


def losses(run: Run) -> tuple[LossCall, ...]:
    """What losses of the first step were given, with numbers."""
    return tuple(c for c in (run.look.losses if run.look else ()) if c.recording)


def guess(run: Run) -> float | None:
    """The loss of a prediction that knows nothing but the targets' mean; None where that cannot be told."""
    for call in losses(run):
        true, pred = call.y_true, call.y_pred
        if true is None or pred is None or not pred.shape:
            continue
        if call.kind.endswith("crossentropy"):
            return math.log(max(pred.shape[-1] or 2, 2))
        if call.kind in CONVEX:
            size = rms(true) or 0.0
            return size if call.kind == "mean_absolute_error" else size**2
    return None


def learned(run: Run) -> float:
    """Share of the first loss that the watched training took away; minus infinity when it broke."""
    return learning.learned(run)


def tail(run: Run) -> float | None:
    """The mean loss of the last quarter of a training; None where it is no number."""
    values = [s.loss for s in run.seen.steps if s.loss is not None] if run.seen else []
    values = values or [e.loss for e in run.epochs]
    last = values[-max(1, len(values) // 4) :]
    mean = sum(last) / len(last) if last else math.nan
    return mean if math.isfinite(mean) else None


def broke(run: Run) -> bool:
    """Tell whether the loss became NaN or infinite in the watched run."""
    values = [s.loss for s in run.seen.steps if s.loss is not None] if run.seen else []
    values += [e.loss for e in run.epochs]
    return any(not math.isfinite(v) for v in values)


def made_span(run: Run, lines: Sequence[int], kind: str, label: str, primary: bool = True) -> Span | None:
    """Mark where a layer or variable was made."""
    for line in lines[:1]:
        return (call_span(run.source, line, kind, label, primary) if kind else None) or line_span(
            run.source, line, label, primary
        )
    return None


def spans(*found: Span | None) -> tuple[Span, ...]:
    """Keep the spans there are, each line once, the first of them the primary one."""
    kept: dict[int, Span] = {}
    for one in found:
        if one is not None and one.line not in kept:
            kept[one.line] = replace(one, primary=not kept)
    return tuple(kept.values())


def course(run: Run) -> tuple[Evidence, ...]:
    """Say what the loss did."""
    values = [s.loss for s in run.seen.steps if s.loss is not None] if run.seen else []
    values = values or [e.loss for e in run.epochs]
    if len(values) < 2:  # noqa: PLR2004 - first and last
        return ()
    return (Evidence("loss at the end", _plain(values[-1]), _plain(values[0])),)


def _plain(value: float) -> float | str:
    return value if math.isfinite(value) else "nan"
