"""Exceptions of the learner's program as `Failure`: their own lines only, and one sentence of help."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any, Union

from trainwhy.lab import refusals
from trainwhy.results import Failure, Frame

IN_GRAPH = "Detected at node"  # in the message of an operation that failed while its graph ran
PLACE = re.compile(r'^ *File "(.+)", line ([1-9]\d{0,6}), in (.+)$', re.MULTILINE)
FARTHEST = 2**31  # lines and columns are below it
LONGEST = 400  # characters of a message that are kept
HINTS = {
    "SyntaxError": "the file stops being Python at the marked place; look one line above it too",
    "IndentationError": "the marked line is indented differently from its block",
    "TabError": "the file mixes tabs and spaces; use four spaces",
    "ModuleNotFoundError": "the module is not installed in this Python, or its file does not lie beside the program",
    "ImportError": "the name is not in that module; check its spelling and the version of the library",
    "NameError": "the name is used before anything gave it a value; check its spelling",
    "EOFError": "a checked program has nobody at the keyboard; take the value from an argument",
    "RecursionError": "a function calls itself without an end, or an expression is nested too deeply",
    "SystemExit": "the program ended itself; return from the function instead",
    "MemoryError": "the program asked for more memory than a run may have",
    "ResourceExhaustedError": "the program asked TensorFlow for more memory than a run may have",
}
# What else helps, by the kind of exception and words that libraries use; it only advises, and decides nothing.
SAID = (
    ("ValueError", "compile()", "call `model.compile(optimizer, loss)` before `fit`, `evaluate` or `train_on_batch`"),
    (
        "ValueError",
        "incompatible with the layer",
        "the rows have another shape than the layer was made for; compare both",
    ),
    ("ValueError", "Data cardinality", "inputs, targets and sample weights need the same number of rows"),
    (
        "ValueError",
        "No gradients provided",
        "no weight has a way to the loss; see that the tape records model and loss",
    ),
    (
        "ValueError",
        "have not yet been built",
        "call the model on a batch, or give it an `Input`, before its weights are used",
    ),
    (
        "ValueError",
        "has never been built",
        "call the model on a batch, or give it an `Input`, before its weights are used",
    ),
    (
        "InvalidArgumentError",
        "Incompatible shapes",
        "two tensors of one operation have shapes that do not fit; compare both",
    ),
    (
        "InvalidArgumentError",
        "Matrix size-incompatible",
        "the inner sizes of a matrix product differ; compare both shapes",
    ),
    (
        "InvalidArgumentError",
        "is not in [0",
        "an index is beyond the table it looks into; compare `input_dim` with the largest id",
    ),
    (
        "ValueError",
        "Dimensions must be equal",
        "two tensors of one operation have shapes that do not fit; compare both",
    ),
)
FILES = ("FileNotFoundError", "NotFoundError", "NotADirectoryError")


Before = Callable[[str], Union[int, None]]  # lines before a file's first, None for a file that is not the learner's


def describe(error: BaseException, path: str, before: Before | None = None) -> Failure:
    """Word an exception of the learner's file at `path`; never raises, whatever the exception does."""
    kind = _kind(error)
    own = before or (lambda name: 0 if name == path else None)
    try:
        return _described(error, kind, path, own)
    except BaseException:  # its class, its message and its attributes are the learner's code too
        frames = tuple(_frames(trace(error), own))
        line = frames[-1].line if frames else None
        return Failure(kind, f"<unprintable {kind}>", line, frames=frames, hint=HINTS.get(kind, ""))


def _kind(error: BaseException) -> str:
    """The name of its class, which a class of classes cannot hide."""
    return _short(type.__dict__["__name__"].__get__(type(error)))


def trace(error: BaseException) -> TracebackType | None:
    """Where an exception was raised, which its class cannot hide."""
    found: TracebackType | None = BaseException.__dict__["__traceback__"].__get__(error)
    return found


def _described(error: BaseException, kind: str, path: str, own: Before) -> Failure:
    if isinstance(error, SyntaxError) and error.filename == path:
        hint = HINTS.get(kind, HINTS["SyntaxError"])
        return Failure(kind, _short(error.msg), _counted(error.lineno), _counted(error.offset), hint=hint)
    message, found = _account(error, kind, own)
    frames = tuple(found)
    return Failure(
        type=kind,
        message=_short(message),
        line=frames[-1].line if frames else None,
        frames=frames,
        hint=refusals.hint(error) or _hint(kind, message),
    )


def _account(error: BaseException, kind: str, own: Before) -> tuple[str, list[Frame]]:
    """What an exception says, and the lines of the learner that led to it: in Python, in a tracing, or in a graph."""
    traced = _traced(error)
    if traced:
        return str(traced.cause_message).removeprefix(f"{kind}: "), _traced_frames(traced, own)
    message, frames = _message(error), _frames(trace(error), own)
    places = list(PLACE.finditer(message)) if IN_GRAPH in message else []
    if not places:
        return message, frames
    # A graph runs without Python: where its operation was made stands in the message, with the lines of everybody else.
    made = [(one[1], int(one[2]), one[3]) for one in places]
    inside = [
        Frame(line + start, name, linecache.getline(file, line).strip())
        for file, line, name in made
        if (start := own(file)) is not None
    ]
    return message[places[-1].end() :].partition("\n\t [[")[0].strip(), inside[-8:] or frames


def _hint(kind: str, message: str) -> str:
    """Return the sentence for an exception: by what was said, else by its kind."""
    if kind in FILES:
        return "the path is looked up from the script's own folder; check that the file is there"
    return next((hint for name, words, hint in SAID if name == kind and words in message), HINTS.get(kind, ""))


def _counted(number: object) -> int | None:
    """A line or a column as a file can have it; None for whatever else an exception may say."""
    return number if type(number) is int and 0 < number < FARTHEST else None


def out_of_memory(failure: Failure) -> bool:
    """Tell failures that mean the memory limit was met."""
    return failure.type in ("MemoryError", "ResourceExhaustedError")


def is_elsewhere(error: BaseException, failure: Failure) -> bool:
    """Tell an exception that none of the learner's lines led to, and no limit: it was raised in our own code."""
    limit = out_of_memory(failure) or failure.type == "RecursionError"
    return issubclass(type(error), Exception) and not failure.frames and not limit


def _frames(trace: TracebackType | None, before: Before) -> list[Frame]:
    found = [(entry, before(entry.filename)) for entry in traceback.extract_tb(trace) if entry.lineno is not None]
    return [
        Frame(int(entry.lineno or 0) + start, entry.name, linecache.getline(entry.filename, entry.lineno or 0).strip())
        for entry, start in found
        if start is not None
    ][-8:]


def _traced(error: BaseException) -> Any:
    """Inside `tf.function` TensorFlow rewords the exception; what it knew of the original is kept beside it."""
    for candidate in (error, error.__context__, error.__cause__):
        found = getattr(candidate, "ag_error_metadata", None)
        if found is not None and hasattr(found, "translated_stack") and hasattr(found, "cause_message"):
            return found
    return None


def _traced_frames(traced: Any, before: Before) -> list[Frame]:
    stack = [(entry, before(entry.filename)) for entry in traced.translated_stack]
    frames = [
        Frame(int(e.lineno) + start, str(e.function_name), linecache.getline(e.filename, int(e.lineno)).strip())
        for e, start in stack
        if start is not None
    ]
    return frames[::-1][-8:]


def _message(error: BaseException) -> str:
    try:
        text: Any = str(error)
    except BaseException:  # a message is the learner's code too
        return f"<unprintable {_kind(error)}>"
    words = "exercises get no keyboard input" if isinstance(error, EOFError) and "reading a line" in text else ""
    return f"{text}: {words}" if words else str(text)


def _short(text: str) -> str:
    text = "\n".join(line for line in text.splitlines() if line.strip())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
