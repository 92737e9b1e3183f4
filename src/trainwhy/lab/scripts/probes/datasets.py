"""How the script builds its `tf.data` pipelines, and how many batches it draws from them."""

from __future__ import annotations

import functools
import inspect
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import tensorflow as tf

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Value
from trainwhy.seen import DatasetOp, IteratorSeen

MOST = 200
METHODS = (
    "shuffle", "batch", "padded_batch", "repeat", "map", "take", "skip", "cache", "prefetch", "filter", "shard",
    "unbatch", "concatenate", "interleave", "flat_map", "window", "ragged_batch", "rebatch", "enumerate", "shuffle",
)  # fmt: skip
SOURCES = ("from_tensor_slices", "from_tensors", "from_generator", "range", "zip", "list_files", "random")


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Number every dataset the script makes, and count what it draws from iterators of its own."""
    numbers: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
    session.dataset_numbers = numbers  # type: ignore[attr-defined]

    def number(dataset: Any) -> int:
        return numbers.setdefault(dataset, len(numbers))

    def note(name: str, of: Any, made: Any, arguments: dict[str, Value]) -> None:
        if session.called_by_learner(3) and len(recorder.datasets) < MOST:
            recorder.datasets.append(
                DatasetOp(number(made), None if of is None else number(of), name, session.line(), arguments)
            )

    def method(name: str) -> Callable[..., Any]:
        signature = inspect.signature(getattr(tf.data.Dataset, name))

        def wrapper(original: Callable[..., Any], dataset: Any, *args: Any, **kwargs: Any) -> Any:
            made = original(dataset, *args, **kwargs)
            if session.running:
                with session.harness_in_control():
                    note(name, dataset, made, _plain(signature, (dataset, *args), kwargs))
            return made

        return wrapper

    for name in dict.fromkeys(METHODS):
        if hasattr(tf.data.Dataset, name):
            session.wrap(tf.data.Dataset, name, method(name))
    for name in SOURCES:
        _wrap_source(session, note, name)
    _watch_iterators(session, recorder, number)


def _wrap_source(session: ScriptSession, note: Callable[..., None], name: str) -> None:
    original = getattr(tf.data.Dataset, name)

    @functools.wraps(original)
    def source(*args: Any, **kwargs: Any) -> Any:
        made = original(*args, **kwargs)
        if session.running:
            with session.harness_in_control():
                note(name, None, made, {})
        return made

    session.replace(tf.data.Dataset, name, staticmethod(source))


def _plain(signature: inspect.Signature, args: Any, kwargs: Any) -> dict[str, Value]:
    try:
        given = signature.bind(*args, **kwargs)
    except TypeError:
        return {}
    given.apply_defaults()
    return {k: v for k, v in given.arguments.items() if isinstance(v, (bool, int, float, str)) or v is None}


def iterator_class() -> type:
    """The class of dataset iterators; a release that keeps it elsewhere shows it by making one."""
    try:
        from tensorflow.python.data.ops.iterator_ops import OwnedIterator
    except ImportError:
        return type(iter(tf.data.Dataset.range(1)))
    found: type = OwnedIterator
    return found


def _watch_iterators(session: ScriptSession, recorder: ScriptRecorder, number: Callable[[Any], int]) -> None:
    """Count batches of the iterators that the script itself draws from. One private class, found by making one."""
    kind = iterator_class()
    places: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()

    def create(original: Callable[..., Any], dataset: Any) -> Any:
        iterator = original(dataset)
        if session.running and session.called_by_learner() and len(recorder.iterators) < MOST:
            with session.harness_in_control():
                places[iterator] = len(recorder.iterators)
                recorder.iterators.append(IteratorSeen(session.line(), number(dataset), 0, epoch=session.epoch))
        return iterator

    def following(original: Callable[..., Any], iterator: Any) -> Any:
        place = places.get(iterator) if session.running else None
        try:
            value = original(iterator)
        except StopIteration:
            if place is not None:
                seen = recorder.iterators[place]
                recorder.iterators[place] = replace(
                    seen, ended=True, asked_after_end=seen.asked_after_end + bool(seen.ended)
                )
            raise
        if place is not None:
            seen = recorder.iterators[place]
            recorder.iterators[place] = replace(seen, batches=seen.batches + 1)
        return value

    session.wrap(tf.data.Dataset, "__iter__", create)
    session.wrap(kind, "__next__", following)
