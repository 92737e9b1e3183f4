"""The streams that were fed, summed up as `FeedSeen`, when the script is over."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts import ancestry, feeding, sites
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.probes import models
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import DataFault, FeedSeen, HeldSeen

SECONDS = 4.0  # for reading sources again
ROWS = 20_000
ELEMENTS = 20_000_000

Array = np.ndarray[Any, Any]
Pairs = list[tuple[Array, Any]]


def reckon(session: ScriptSession, recorder: ScriptRecorder, feeds: Any) -> None:
    """Sum up each stream; in a look, follow its arrays back through the script instead."""
    until = time.monotonic() + SECONDS
    with np.errstate(all="ignore"):
        for stream in feeds.streams.values():
            if session.looking:
                _follow(session, recorder, stream, until)
            else:
                _sum_up(session, recorder, stream, until)


# ------------------------------------------------------------------------------------------- rows in their order


def _array(value: Any) -> Array | None:
    if value is None:
        return None
    found = value if isinstance(value, np.ndarray) else tensors.array(value)
    return found if found is not None and found.ndim else None


def _batches(stream: Any, until: float) -> Pairs:
    """The batches of one stream, in the order of one epoch or of the steps that were seen."""
    if stream.arrays is not None:
        return _of_arrays(stream)
    if stream.given in ("dataset", "pydataset"):
        return list(_read(stream.source, stream.steps_per_epoch, until))
    pairs = [(_array(batch.x), _array(batch.y)) for batch in stream.batches]
    return [(x, y) for x, y in pairs if x is not None]


def _of_arrays(stream: Any) -> Pairs:
    x, y = (_array(part) for part in stream.arrays)
    if x is None:
        return []
    end = len(x) - int(len(x) * stream.split) if stream.split else len(x)
    size = max(1, stream.batch_size)
    return [(x[a : min(a + size, end)], None if y is None else y[a : min(a + size, end)]) for a in range(0, end, size)]


def _read(source: Any, most: int | None, until: float) -> Iterator[tuple[Array, Any]]:
    """Read a dataset or sequence once more; no longer than time and size allow."""
    many, size = 0, 0
    for item in itertools.islice(_items(source), most or 3000):
        x, y = _pair(item)
        if x is None:
            return
        yield x, y
        many, size = many + len(x), size + x.size
        if many > ROWS or size > ELEMENTS or time.monotonic() > until:
            return


def _items(source: Any) -> Iterator[Any]:
    if isinstance(source, tf.data.Dataset):
        yield from source
    elif isinstance(source, keras.utils.PyDataset):
        many = source.num_batches if isinstance(source.num_batches, int) else 1000
        for place in range(many):
            yield source[place]


def _pair(item: Any) -> tuple[Any, Any]:
    parts = item if isinstance(item, (tuple, list)) else (item, None)
    return _first(parts[0]), _first(parts[1]) if len(parts) > 1 else None


def _first(value: Any) -> Any:
    return next((found for one in tf.nest.flatten(value) if (found := _array(one)) is not None), None)


def _joined(parts: Sequence[Any]) -> Array | None:
    known = [part for part in parts if part is not None]
    alike = len({part.shape[1:] for part in known}) == 1 and all(part.ndim for part in known)
    if len(known) != len(parts) or not alike:
        return None
    return np.concatenate(known)[:ROWS]


# ------------------------------------------------------------------------------------------- one stream


def _sum_up(session: ScriptSession, recorder: ScriptRecorder, stream: Any, until: float) -> None:
    pairs = _first_epoch(stream, _batches(stream, until))
    x, y = _joined([x for x, _ in pairs]), _joined([y for _, y in pairs])
    if x is None:
        return
    if y is not None and len(y) != len(x):
        y = None
    labels = None if y is None else feeding.classes(y)
    seen = FeedSeen(
        line=stream.line,
        given=stream.given,
        model=None if stream.model is None else models.number_of(session, stream.model),
        dataset=_number(session, stream.source),
        batch_size=max(len(a) for a, _ in pairs),
        rows=len(x),
        x=numbers(x),
        y=numbers(y),
        spread=feeding.spread(x),
        bad_rows=feeding.bad(x),
        bad_targets=0 if y is None else feeding.bad(y),
        labels=feeding.counted(labels),
        weighted=stream.weighted or _third(stream.source),
    )
    if y is not None and not (stream.arrays is not None and stream.shuffle):
        parts = [part for _, part in pairs]
        seen = replace(
            seen,
            mixed=feeding.mixed(parts, labels, y),
            changes=feeding.changes(parts, labels),
            sorted=feeding.agreement(labels, y),
        )
    seen = _repeated(seen, stream, pairs, until)
    names = feeding.hashes(x)
    seen = replace(seen, held=tuple(_held(session, stream, names, labels, until)))
    recorder.feeds.append(_ended(seen, stream, x, labels))


def _first_epoch(stream: Any, pairs: Pairs) -> Pairs:
    if stream.given != "batches" or not stream.batches:
        return pairs
    first = stream.batches[0].epoch
    some = [pair for pair, batch in zip(pairs, stream.batches, strict=False) if batch.epoch == first]
    return some if len(some) > 1 else pairs


def _number(session: ScriptSession, source: Any) -> int | None:
    known = getattr(session, "dataset_numbers", {})
    return known.get(source) if isinstance(source, tf.data.Dataset) else None


def _third(source: Any) -> bool:
    """Tell datasets that bring weights along with inputs and targets."""
    spec = getattr(source, "element_spec", None)
    return isinstance(spec, tuple) and len(spec) > 2  # noqa: PLR2004 - x, y, weights


def _repeated(seen: FeedSeen, stream: Any, pairs: Pairs, until: float) -> FeedSeen:
    if stream.arrays is not None:
        return seen
    epochs: dict[int, list[bytes]] = {}
    if stream.batches:
        for batch in stream.batches[:600]:
            known = _array(batch.x)
            if known is not None:
                epochs.setdefault(batch.epoch, []).append(known.tobytes())
    else:
        epochs[0] = [x.tobytes() for x, _ in pairs[:600]]
    if stream.given == "generator" or max(map(len, epochs.values()), default=0) < 2:  # noqa: PLR2004 - a loop of single steps
        epochs = {0: [name for names in epochs.values() for name in names]}
    busiest = max(epochs.values(), key=len, default=[])
    flat = [name for names in epochs.values() for name in names]
    available = max([batch.base for batch in stream.batches[:50]], default=0)
    return replace(
        seen,
        steps=len(busiest),
        distinct=len(set(flat)),
        cycle=len(set(busiest)),
        ordered=len(epochs) > 1 and len({tuple(names) for names in epochs.values()}) == 1,
        available=max(available, _available(stream, pairs, until)),
    )


def _available(stream: Any, pairs: Pairs, until: float) -> int:
    """Rows the script had: in the dataset it drew from and those before, and in arrays that hold the batch's rows."""
    found = 0
    source = stream.source
    if isinstance(source, tf.data.Dataset):
        for one in [source, *_before(source)]:
            found = max(found, _rows_of(one, until))
    names = set(feeding.hashes(pairs[0][0][:20]))
    for one in stream.frames:
        value = _array(one)
        if value is None or value.shape[1:] != pairs[0][0].shape[1:] or not found < len(value) <= ROWS:
            continue
        if names <= set(feeding.hashes(value)):
            found = len(value)
    return found


def _before(dataset: Any) -> list[Any]:
    """The datasets a dataset was made of. One private method; without it none are known."""
    found: list[Any] = []
    waiting = [dataset]
    while waiting and len(found) < 40:  # noqa: PLR2004 - longer chains are not followed
        inputs = getattr(waiting.pop(), "_inputs", None)
        for one in inputs() if inputs is not None else ():
            found.append(one)
            waiting.append(one)
    return found


def _rows_of(dataset: Any, until: float) -> int:
    cardinality = int(dataset.cardinality())
    if cardinality == tf.data.INFINITE_CARDINALITY or time.monotonic() > until:
        return 0
    batched = next(iter(tf.nest.flatten(dataset.element_spec)), None)
    size = 1
    if (
        batched is not None
        and getattr(batched, "shape", None) is not None
        and batched.shape.rank
        and batched.shape[0] is None
    ):
        size = max((len(x) for x, _ in itertools.islice(_read(dataset, 2, until), 2)), default=1)
    distinct = {x.tobytes() for x, _ in _read(dataset, 60, until)} if size > 1 else ()
    return len(distinct) * size if size > 1 else max(cardinality, 0)


# ------------------------------------------------------------------------------------------- validation


def _held(session: ScriptSession, stream: Any, names: list[bytes], labels: Any, until: float) -> Iterator[HeldSeen]:
    train, twins = set(names), feeding.twins(names)
    for held in _all_held(session, stream):
        pairs = _of_held(held, until)
        x, y = _joined([x for x, _ in pairs]), _joined([y for _, y in pairs])
        if x is None or held.line is None:
            continue
        own = feeding.hashes(x)
        classes = None if y is None else feeding.classes(y)
        missing = 0
        if classes is not None and labels is not None:
            missing = int(np.sum(~np.isin(classes, labels)))
        again = _again(stream, held, set(own), until)
        yield HeldSeen(
            rows=len(x),
            line=held.line,
            split=held.split,
            named=held.split != "loop" or _named(session, held, train, set(own)),
            dataset=_number(session, held.dataset),
            shared=sum(name in train for name in own),
            expected=twins,
            again=again,
            labels=feeding.counted(classes),
            missing=missing,
            distance=feeding.distance(labels, classes),
            losses=tuple(held.losses),
        )


def _named(session: ScriptSession, held: Any, train: set[bytes], own: set[bytes]) -> bool:
    """Tell validation in a loop of the script's own: by the name of its data, or of what measures it.

    A helper is called `test` for training rows too. So where only the helper has such a name, either side must have
    rows of its own: a score on training rows, or on all rows, is no validation.
    """
    if held.site is None or held.site.named or held.site.training:
        return held.site is not None and held.site.named
    if not (held.site.hinted or sites.VALIDATION.search(_words(session, held.line))):
        return False
    return not train & own or (bool(own - train) and bool(train - own))


def _all_held(session: ScriptSession, stream: Any) -> list[Any]:
    found = list(stream.held.values())
    if stream.arrays is not None and stream.split:
        from trainwhy.lab.scripts.probes.feeds import Held

        x, y = (_array(part) for part in stream.arrays)
        if x is not None:
            end = len(x) - int(len(x) * stream.split)
            found.append(Held(stream.line, "validation_split", [x[end:]], [None if y is None else y[end:]]))
    del session
    return found


def _of_held(held: Any, until: float) -> Pairs:
    if held.split == "validation_data" and held.dataset is not None:
        return list(_read(held.dataset, None, until))
    pairs = [(_array(x), _array(y)) for x, y in itertools.zip_longest(held.x, held.y)]
    known = [(x, y) for x, y in pairs if x is not None]
    shapes = Counter(x.shape[1:] for x, _ in known)
    return [(x, y) for x, y in known if x.shape[1:] == shapes.most_common(1)[0][0]]


def _again(stream: Any, held: Any, own: set[bytes], until: float) -> int:
    """Validation rows that training meets when both are drawn once more."""
    if not isinstance(stream.source, tf.data.Dataset) or not isinstance(held.dataset, tf.data.Dataset):
        return 0
    if not (
        mixing := {id(one) for one in [stream.source, *_before(stream.source)]}
        & {id(one) for one in _before(held.dataset)}
    ):
        return 0
    del mixing
    drawn = _joined([x for x, _ in _read(stream.source, stream.steps_per_epoch, until)])
    return 0 if drawn is None else len(own & set(feeding.hashes(drawn)))


def _words(session: ScriptSession, line: int) -> str:
    """Names on a line of the script and on the header of the loop around it."""
    rows = session.files.text.split("\n")
    if not 1 <= line <= len(rows):
        return ""
    indent = len(rows[line - 1]) - len(rows[line - 1].lstrip())
    header = next((r for r in reversed(rows[: line - 1]) if r.strip() and len(r) - len(r.lstrip()) < indent), "")
    return f"{rows[line - 1]} {header if header.lstrip().startswith(('for', 'def', 'with')) else ''}".replace("_", " ")


# ------------------------------------------------------------------------------------------- what is said at the end


def _ended(seen: FeedSeen, stream: Any, x: Array, labels: Any) -> FeedSeen:
    if labels is None or stream.model is None or len(seen.labels) < 2 or len(seen.labels) > 20:  # noqa: PLR2004 - classes
        return seen
    said = _said(stream.model, x[:4000])
    if said is None:
        return seen
    labels = labels[:4000]
    rarest = min(seen.labels, key=lambda pair: pair[1])[0]
    share = min(count for _, count in seen.labels) / seen.rows
    return replace(
        seen,
        predicted=feeding.counted(said),
        recalls=tuple((int(k), float(np.mean(said[labels == k] == k))) for k in np.unique(labels)),
        separable=feeding.separable(x[:4000], labels, rarest) if share < 0.25 else None,  # noqa: PLR2004 - of rare classes
    )


def _said(model: Any, x: Array) -> Array | None:
    parts = []
    try:
        for a in range(0, len(x), 500):
            said = model(tf.convert_to_tensor(x[a : a + 500]), training=False)
            if isinstance(said, (list, tuple, dict)):  # several outputs: none of them is the answer
                return None
            parts.append(np.asarray(said))
    except Exception:  # a model that wants something else says nothing
        return None
    if not parts or not all(part.ndim for part in parts):
        return None
    said = np.concatenate(parts)
    if said.ndim != 2 or not np.isfinite(said).all():  # noqa: PLR2004 - rows of scores
        return None
    if said.shape[1] > 1:
        return np.asarray(said.argmax(axis=1))
    limit = 0.5 if said.min() >= 0 and said.max() <= 1 else 0.0
    return (said[:, 0] > limit).astype(np.int64)


# ------------------------------------------------------------------------------------------- in a look: where from


def _follow(session: ScriptSession, recorder: ScriptRecorder, stream: Any, until: float) -> None:
    known = ancestry.Ancestry(session.trail)
    found: list[DataFault | None] = []
    for x, y in _fed(session, stream):
        back_x, back_y = known.back(x), [] if y is None else known.back(y)
        for name, nodes in (("x", back_x), ("y", back_y)):
            line = ancestry.made_at(nodes) if nodes else None
            if line is not None and len(recorder.made) < 40:  # noqa: PLR2004 - lines shown
                recorder.made.append((name, line))
        found += [
            ancestry.bad(known, back_x),
            ancestry.bad(known, back_y),
            ancestry.wrapped(back_x),
            ancestry.wrapped(back_y),
        ]
        found.append(ancestry.scrambled(back_x))
        if stream.given in ("batches", "generator") and back_x[0].event is not None and back_x[0].event.kind == "item":
            recorder.made.append(("batch", back_x[0].event.line))
        if stream.given == "batches":
            line = ancestry.cut_beside(known, back_x)
            if line is not None:
                recorder.made.append(("held", line))
        found.append(ancestry.torn(known, back_x, back_y) if back_y else None)
    for held in stream.held.values():
        for one in (*getattr(held, "objects", ()), *held.x[:1]):
            line = ancestry.cut_at(known, known.back(one))
            if line is not None:
                recorder.made.append(("held", line))
    found.append(_zipped(session, recorder, stream.source, until))
    recorder.faults += [fault for fault in found if fault is not None and fault not in recorder.faults]


def _fed(session: ScriptSession, stream: Any) -> list[tuple[Any, Any]]:
    """Pairs of whole arrays that were handed over, and the first batch."""
    pairs = [] if stream.first is None else [stream.first]
    if stream.given == "pydataset" and len(session.trail.events):
        session.trail.off = False
        try:
            pairs.append(_objects(stream.source[0]))
        finally:
            session.trail.off = True
    if stream.given == "dataset" or stream.source is not None or stream.first is None or stream.given == "batches":
        given = [one.inputs for one in session.trail.sinks if isinstance(one.output, tf.data.Dataset) and one.inputs]
        pairs += [(some[0], some[1] if len(some) > 1 else None) for some in given]
    return pairs[:8]


def _objects(item: Any) -> tuple[Any, Any]:
    return (item[0], item[1]) if isinstance(item, (tuple, list)) and len(item) > 1 else (item, None)


def _zipped(session: ScriptSession, recorder: ScriptRecorder, source: Any, until: float) -> DataFault | None:
    """Two datasets shuffled each for itself and then zipped."""
    zipped = _zip_of(source) if isinstance(source, tf.data.Dataset) else None
    if zipped is None:
        return None
    branches = [[branch, *_before(branch)] for branch in zipped._inputs()]
    numbers_of = getattr(session, "dataset_numbers", {})
    shuffles = [
        next(
            (
                op
                for one in branch
                for op in recorder.datasets
                if op.name == "shuffle" and numbers_of.get(one) == op.number
            ),
            None,
        )
        for branch in branches
    ]
    if not any(shuffles):
        return None
    straight, given = [_joined_elements(parts, until) for parts in ((branches[0][-1], branches[1][-1]), zipped)]
    if straight is None or given is None:
        return None
    before, after = feeding.predictable(*straight), feeding.predictable(*given)
    if before <= ancestry.FORETOLD or after >= before / 3:
        return None
    lines = [None if one is None else one.line for one in shuffles]
    first = lines[0] if lines[0] is not None else lines[1]
    return DataFault("torn", first, lines[1] if lines[1] != first else None, share=1.0, before=before, after=after)


def _zip_of(source: Any) -> Any:
    """The dataset of plain pairs on the way; pairs of pairs are mixed on purpose."""
    pairs = [one for one in [source, *_before(source)] if len(getattr(one, "_inputs", list)()) == len("xy")]
    zipped = pairs[0] if pairs else None
    plain = zipped is not None and all(isinstance(part.element_spec, tf.TensorSpec) for part in zipped._inputs())
    return zipped if plain else None


def _joined_elements(parts: Any, until: float) -> tuple[Array, Array] | None:
    dataset = tf.data.Dataset.zip(parts) if isinstance(parts, tuple) else parts
    rows, targets = [], []
    for x, y in itertools.islice(dataset, 1000):
        rows.append(np.asarray(tf.nest.flatten(x)[0]))
        targets.append(np.asarray(tf.nest.flatten(y)[0]))
        if time.monotonic() > until:
            break
    if len({row.shape for row in rows}) != 1 or len({row.shape for row in targets}) != 1:
        return None
    joined = [np.stack(part) if np.ndim(part[0]) or True else np.asarray(part) for part in (rows, targets)]
    if joined[0].ndim > 2 and joined[1].ndim > 1 and joined[0].shape[1] == joined[1].shape[1]:  # noqa: PLR2004 - batches
        joined = [part.reshape(-1, *part.shape[2:]) for part in joined]
    return joined[0], joined[1]
