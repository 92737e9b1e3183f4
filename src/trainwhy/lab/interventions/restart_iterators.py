"""Repair TW126: an iterator that is empty begins anew when a loop asks for it again.

Iterators of `tf.data` are made again from their data set. Of any other, the batches of the first pass are kept, and
what holds the iterator holds them afterwards.
"""

from __future__ import annotations

import ast
import ctypes
import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import tensorflow as tf

from trainwhy.lab.scripts import drawing

if TYPE_CHECKING:
    from types import FrameType

    from trainwhy.lab.scripts.loops import Turn
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "the iterator begun anew in every epoch"


class Kept:
    """The batches of the first pass, to be gone through as often as wanted."""

    def __init__(self) -> None:
        self.batches: list[Any] = []

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self.batches))


def install(session: ScriptSession) -> None:
    """Watch the iterators of `tf.data`, and the loops around every step."""
    _restart_tensorflow(session)
    kept: dict[int, tuple[Any, Kept]] = {}

    def before() -> None:
        turns = [] if session.fitting else session.turns()
        for turn in turns:
            _keep(kept, turns, turn)

    session.before_step.append(before)


def _restart_tensorflow(session: ScriptSession) -> None:
    data = tf.data.Dataset.range(1)
    sources: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
    ended: weakref.WeakSet[Any] = weakref.WeakSet()

    def create(original: Any, dataset: Any) -> Any:
        iterator = original(dataset)
        sources[iterator] = dataset
        return iterator

    def following(original: Any, iterator: Any) -> Any:
        try:
            return original(iterator)
        except StopIteration:
            ended.add(iterator)
            raise

    def again(original: Any, iterator: Any) -> Any:
        anew = session.running and iterator in ended and iterator in sources
        return iter(sources[iterator]) if anew else original(iterator)

    def again_numpy(original: Any, iterator: Any) -> Any:
        inner = getattr(iterator, "_iterator", None)
        if session.running and inner in ended and inner in sources:
            iterator._iterator = iter(sources[inner])
        return original(iterator)

    kinds = (type(iter(data)), type(data.as_numpy_iterator()))
    session.wrap(tf.data.Dataset, "__iter__", create)
    session.wrap(kinds[0], "__next__", following)
    session.wrap(kinds[0], "__iter__", again)
    session.wrap(kinds[1], "__iter__", again_numpy)


def _keep(kept: dict[int, tuple[Any, Kept]], turns: list[Turn], turn: Turn) -> None:
    """Note the batch that a loop is at; the first time, put the batches in the iterator's place."""
    loop = drawing.loop_at(drawing.tree_of(turn.frame), turn.line)
    if not isinstance(loop, ast.For):
        return
    for place in (node for node in ast.walk(loop.iter) if isinstance(node, (ast.Name, ast.Attribute))):
        value = drawing.value_of(turn.frame, place)
        known = next((k for v, k in kept.values() if v is value or k is value), None)
        if known is None and drawing.is_iterator(value) and "tensorflow" not in type(value).__module__:
            known = Kept()
            kept[id(value)] = (value, known)
        if known is not None and value is not known:
            for one in turns:
                _replace(one.frame, value, known)
        if known is not None and turn is turns[-1]:
            _note(known, turn.frame, loop)


def _note(known: Kept, frame: FrameType, loop: ast.For) -> None:
    counted = isinstance(loop.iter, ast.Call) and ast.unparse(loop.iter.func) == "enumerate"
    target = loop.target.elts[1] if counted and isinstance(loop.target, ast.Tuple) else loop.target
    known.batches.append(_read(frame, target))


def _read(frame: FrameType, target: ast.expr) -> Any:
    if isinstance(target, (ast.Tuple, ast.List)):
        return tuple(_read(frame, part) for part in target.elts)
    return drawing.value_of(frame, target)


def _replace(frame: FrameType, value: Any, known: Kept) -> None:
    for name, held in list(frame.f_globals.items()):
        if held is value:
            frame.f_globals[name] = known
    local = frame.f_locals
    if local is frame.f_globals:
        return
    for name, held in list(local.items()):
        if held is value:
            local[name] = known
            if hasattr(ctypes.pythonapi, "PyFrame_LocalsToFast"):  # later Pythons write through
                ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    owner = local.get("self")
    for name, held in list(vars(owner).items()) if hasattr(owner, "__dict__") else ():
        if held is value:
            setattr(owner, name, known)
