"""The face of a class for data frames: the rows as a Parquet file. Needs pyarrow, the extra `parquet`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwhy.grades import ClassReport


def table(report: ClassReport) -> bytes:
    """Write all rows; `line` and `files_alike` are integers, `seconds` is a float, the rest is text."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    numbers = {"line": pa.int32(), "files_alike": pa.int32(), "seconds": pa.float64()}
    rows = [{name: _text(value) for name, value in asdict(row).items()} for row in report.rows]
    names = list(rows[0])
    schema = pa.schema([(name, numbers.get(name, pa.string())) for name in names])
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink)
    return bytes(sink.getvalue())


def _text(value: object) -> object:
    """Replace halves of surrogate pairs: Parquet holds UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
