"""The table of epochs: a header, one row at a time as training goes on, stacked records where columns do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces.clean import one_line
from trainwhy.faces.style import EpochTable
from trainwhy.faces.terminal_text import BAD, GOOD, STRONG, WEAK, hang, line, prose, width_of, wrap
from trainwhy.narrative import column_number, count, happened, loss_number, number, plural, short_loss

if TYPE_CHECKING:
    from rich.text import Text

    from trainwhy.faces.style import Style
    from trainwhy.results import Epoch, Report

STACKED_BELOW = 60
WORDS_ROOM = 16  # columns the last column needs, or records are stacked
LOSS, MOVED, GRADIENT = 9, 9, 11
NAME = 9  # a metric's name is broken at underscores beyond this
GAP = "   "


def header_lines(style: Style, table: EpochTable) -> list[Text]:
    """Name the columns; nothing where records are stacked."""
    if _stacked(style, table):
        return []
    names = [_broken(name) for name in table.metrics]
    height = max([1, *(len(name) for name in names)])
    rows = []
    for at in range(height):
        last = at == height - 1
        cells = [name[at - height + len(name)] if at >= height - len(name) else "" for name in names]
        left = " epoch" if last else " " * 6
        seen = f"{'gradient':>{GRADIENT}}" if table.gradient else ""
        right = f"{'moved':>{MOVED}}{seen}{GAP}what happened" if last else ""
        losses = f"{'loss':>{LOSS}}" + (f"{'healthy':>{LOSS + 1}}" if table.healthy else "") if last else ""
        losses = losses or " " * (LOSS + (LOSS + 1 if table.healthy else 0))
        middle = "".join(cell.rjust(width) for cell, width in zip(cells, _widths(table), strict=True))
        rows.append(line((f"{left}{losses}{middle}{right}".rstrip(), WEAK)))
    return rows


def row_lines(
    style: Style,
    table: EpochTable,
    epoch: Epoch,
    previous_loss: float | None,
    start_loss: float | None,
    healthy: Epoch | None = None,
) -> list[Text]:
    """Draw one epoch."""
    words = happened(epoch, previous_loss, start_loss)
    if _stacked(style, table):
        return _record(style, table, epoch, words, healthy)
    cells = [str(epoch.epoch).rjust(6), _cell(loss_number(epoch.loss), LOSS)]
    if table.healthy:
        cells.append(_cell(loss_number(healthy.loss) if healthy else "", LOSS + 1))
    for name, width in zip(table.metrics, _widths(table), strict=True):
        cells.append(_cell(_metric(epoch, name), width))
    cells += [_cell(_moved(epoch), MOVED), *([_cell(_gradient(epoch), GRADIENT)] if table.gradient else []), GAP]
    bad = bool(epoch.variables and not epoch.weights_moved) or "NaN" in words or "infinite" in words
    return hang("".join(cells), prose(style, words, BAD if bad else ""), style.width)


def table_lines(style: Style, report: Report) -> list[Text]:
    """Draw the whole table of a report."""
    if not report.epochs:
        return []
    metrics = tuple(dict.fromkeys(name for one in report.epochs for name in one.metrics))
    gradient = report.exercise is not None or any(one.gradient is not None for one in report.epochs)
    table = EpochTable(metrics, healthy=bool(report.reference), total=len(report.epochs), gradient=gradient)
    lines = header_lines(style, table)
    healthy = {one.epoch: one for one in report.reference}
    previous = None
    for one in report.epochs:
        lines += row_lines(style, table, one, previous, report.start_loss, healthy.get(one.epoch))
        previous = one.loss
    return lines


def _stacked(style: Style, table: EpochTable) -> bool:
    taken = (
        6
        + LOSS
        + (LOSS + 1 if table.healthy else 0)
        + sum(_widths(table))
        + MOVED
        + GRADIENT * table.gradient
        + len(GAP)
    )
    return style.width < STACKED_BELOW or style.width - taken < WORDS_ROOM


def _widths(table: EpochTable) -> list[int]:
    return [max(6, *(width_of(piece) for piece in _broken(name))) + 3 for name in table.metrics]


def _broken(name: str) -> list[str]:
    """Break a long metric name at its underscores, so that its column stays narrow; the name is a learner's own."""
    name = one_line(name)
    if len(name) <= NAME:
        return [name]
    pieces = name.split("_")
    return [f"{piece}_" for piece in pieces[:-1]] + pieces[-1:]


def _cell(text: str, width: int) -> str:
    """Put a value to the right; a longer one pushes the row, it is never cut."""
    return text.rjust(width) if len(text) < width else f"  {text}"


def _metric(epoch: Epoch, name: str) -> str:
    return loss_number(epoch.metrics[name]) if name in epoch.metrics else "none"


def _moved(epoch: Epoch) -> str:
    return f"{count(epoch.weights_moved)} of {count(epoch.variables)}" if epoch.variables else ""


def _gradient(epoch: Epoch) -> str:
    return "none" if epoch.gradient is None else column_number(epoch.gradient)


def _record(style: Style, table: EpochTable, epoch: Epoch, words: str, healthy: Epoch | None) -> list[Text]:
    """Stack one epoch: every number with its name."""
    total = f" of {table.total}" if table.total else ""
    rows = [("loss", short_loss(epoch.loss) + (f" (healthy {short_loss(healthy.loss)})" if healthy else ""))]
    rows += [(one_line(name), _beside(epoch, healthy, name)) for name in epoch.metrics]
    if epoch.variables:
        rows += [("moved", f"{count(epoch.weights_moved)} of {plural(epoch.variables, 'variable')}")]
    rows += [("gradient", _gradient(epoch))] if table.gradient else []
    lines = [line((f"Epoch {epoch.epoch}{total}", STRONG))]
    for name, text in rows:
        if len(name) > NAME:
            lines += [
                line((f"  {name}", WEAK)),
                *(line("    ", one) for one in wrap(prose(style, text), style.width - 4)),
            ]
        else:
            lines += hang(line((f"  {name:<{NAME}} ", WEAK)), prose(style, text), style.width)
    return [
        *lines,
        *(line("  ", one) for one in wrap(prose(style, words, GOOD if "fell" in words else ""), style.width - 2)),
    ]


def _beside(epoch: Epoch, healthy: Epoch | None, name: str) -> str:
    here = number(epoch.metrics[name])
    return f"{here} (healthy {number(healthy.metrics[name])})" if healthy and name in healthy.metrics else here
