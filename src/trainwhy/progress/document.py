"""Progress as JSON, read with patience: a wrong field costs itself and a note, only an unreadable text costs more."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from trainwhy.progress.record import MOST, Prediction, Progress, Record

FORMAT = 1
_NAME = "progress.json"
_QUOTED = 40  # characters of a wrong value that a note repeats

Notes = tuple[str, ...]


class Damaged(ValueError):
    """The text is no progress document at all."""


@dataclass(frozen=True, slots=True)
class _Fields:
    """One JSON object, where it stands, and the notes about what in it was ignored."""

    values: dict[str, Any]
    where: str
    notes: list[str]

    def take(self, key: str, kind: type, default: Any) -> Any:
        value = self.values.get(key, default)
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if value is default or (right and (kind is not int or 0 <= value <= MOST)):
            return value
        self.ignore(key, value)
        return default

    def only(self, known: set[str]) -> None:
        for key in self.values:
            if key not in known:
                self.notes.append(f"{_NAME}: {_plain(self.where + key)} is unknown and ignored")

    def ignore(self, key: str, value: object) -> None:
        self.notes.append(f"{_NAME}: {_plain(self.where + key)} is {_short(value)} and ignored")


def dump(progress: Progress) -> bytes:
    """Write the document: indented, keys in order, so that it reads and compares well."""
    records = {name: _lean(record) for name, record in progress.records.items()}
    document = {"format": FORMAT, "counter": progress.counter, "current": progress.current, "exercises": records}
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def parse(data: bytes) -> tuple[Progress, Notes]:
    """Read the document; Damaged when it is no JSON object at all."""
    notes: list[str] = []
    values = _object(data, notes)
    top = _Fields(values, "", notes)
    number = top.take("format", int, FORMAT)
    if number <= FORMAT:
        top.only({"format", "counter", "current", "exercises"})
    entries = _Fields(top.take("exercises", dict, {}), "exercises.", notes)
    records = {name: _record(_Fields(entries.take(name, dict, {}), f"{name}.", notes)) for name in entries.values}
    progress = Progress(top.take("current", str, ""), top.take("counter", int, 0), records)
    if number <= FORMAT:
        return progress, tuple(notes)
    reason = f"{_NAME} was made by a newer trainwhy (format {number}; this one knows {FORMAT})"
    return Progress(progress.current, progress.counter, records, reason), (f"progress is not saved: {reason}",)


def _object(data: bytes, notes: list[str]) -> dict[str, Any]:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            notes.append(f"{_NAME}: a name stands there twice; the last one counts")
        return values

    try:
        values = json.loads(data.decode("utf-8-sig"), object_pairs_hook=unique)
    except RecursionError as error:
        raise Damaged("nested too deeply") from error
    except ValueError as error:
        raise Damaged("empty" if not data.strip() else f"no JSON: {error}") from error
    if not isinstance(values, dict):
        raise Damaged("no JSON object")
    return values


def _record(entry: _Fields) -> Record:
    entry.only({item.name for item in fields(Record)})
    plain = {
        item.name: entry.take(item.name, type(item.default), item.default)
        for item in fields(Record)
        if item.name != "prediction"
    }
    return Record(**plain, prediction=_prediction(entry))


def _prediction(entry: _Fields) -> Prediction | None:
    values = entry.take("prediction", dict, None)
    if values is None:
        return None
    inner = _Fields(values, f"{entry.where}prediction.", entry.notes)
    inner.only({item.name for item in fields(Prediction)})
    return Prediction(
        inner.take("answer", str, ""),
        inner.take("confidence", int, 0),
        inner.take("right", bool, None),
        inner.take("at", int, 0),
        inner.take("day", int, 0),
    )


def _lean(record: Record) -> dict[str, Any]:
    """Leave out what still has its default, so that the document shows only what happened."""
    empty = asdict(Record())
    return {name: value for name, value in asdict(record).items() if value != empty[name]}


def _plain(name: str) -> str:
    return name if name.isascii() and name.isprintable() and len(name) <= _QUOTED else _short(name)


def _short(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}..."
