"""The face of a class for spreadsheets: one line per person and exercise, in the columns of `grades.Row`."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple
from typing import TYPE_CHECKING

from trainwhy.faces.clean import one_line
from trainwhy.grades import COLUMNS

if TYPE_CHECKING:
    from trainwhy.grades import ClassReport

# With one of these at its beginning a cell is taken for a formula, and run when the file is opened.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(report: ClassReport) -> str:
    """Write all rows as CSV (RFC 4180, UTF-8, a header line)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerows([_cell(value) for value in astuple(row)] for row in report.rows)
    return text.getvalue()


def _cell(value: str | float | None) -> str:
    """Write a value; an apostrophe before what would be a formula keeps it text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    shown = one_line(value)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
