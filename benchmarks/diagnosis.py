"""How well causes are named: `python benchmarks/diagnosis.py [CODE ...] [FILE ...] [--no-proof] [--healthy]`.

One row per script, and at the end one table per form: detected, right cause first, right line, proven, false alarms
and seconds. Without arguments: the whole bank and every healthy script. `--warnings` writes `docs/warnings.md`: what
correct programs are warned of, each with the reason that stands in the script.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import bank
from trainwhy.results import Finding, Report
from trainwhy.worker.process import ProcessWorker

WARNINGS = Path(__file__).parents[1] / "docs" / "warnings.md"
KINDS = ("healthy", "fixed")
COLUMNS = ("scripts", "detected", "first", "line", "proven", "seconds")


def main() -> None:
    """Run what the command line names and print the tables."""
    words = sys.argv[1:]
    codes = [word for word in words if word.startswith("TW")]
    paths = [Path(word) for word in words if word.endswith(".py")]
    everything = not codes and not paths and "--healthy" not in words
    totals: dict[str, list[list[float]]] = defaultdict(list)
    alarms: dict[str, list[float]] = defaultdict(list)
    correct: list[tuple[bank.Case, Report]] = []
    with ProcessWorker() as worker:
        for one in _chosen(codes, paths, everything, healthy="--healthy" in words):
            began = time.perf_counter()
            report = bank.check(one, worker, prove="--no-proof" not in words)
            seconds = time.perf_counter() - began
            if one.code:
                row = _broken(one, report)
                totals[one.form].append([*row, seconds])
            else:
                correct.append((one, report))
                wrong = [f for f in report.findings if f.level == "error"]
                alarms["fixed" if ".fixed" in one.path.name else "healthy"].append(float(bool(wrong)))
                row = [float(not wrong and report.outcome == "finished")]
            _say(one, report, row, seconds)
    _tables(totals, alarms)
    if "--warnings" in words:
        WARNINGS.write_text(_page(correct, proved="--no-proof" not in words), encoding="utf-8")


def _chosen(codes: list[str], paths: list[Path], everything: bool, *, healthy: bool) -> Iterator[bank.Case]:
    for path in paths:
        folder = path.resolve().parent.name
        yield bank.case(path, "" if ".fixed" in path.name or not folder.startswith("TW") else folder)
    if codes or everything:
        yield from bank.broken(*codes)
        yield from bank.fixed(*codes)
    if healthy or everything:
        yield from bank.healthy()


def _broken(one: bank.Case, report: Report) -> list[float]:
    codes = [finding.code for finding in report.findings]
    first = bool(codes) and codes[0] == one.code
    spans = [s.line for s in report.findings[0].spans if s.primary] if first else []
    return [
        float(one.code in codes),
        float(first),
        float(bool(spans) and spans[0] in one.lines),
        float(first and report.findings[0].proof.status == "proven"),
    ]


def _say(one: bank.Case, report: Report, row: list[float], seconds: float) -> None:
    mark = "ok  " if all(row) else "MISS" if not row[0] else "part"
    expected = f" expected {one.code}@{','.join(map(str, one.lines))}" if one.code and not all(row) else ""
    ending = f" {report.outcome}: {report.error.message[:90]}" if report.error else ""
    troubles = [note for note in report.notes if note.startswith("not observed") and "Error" in note]
    said = " ".join(map(_words, report.findings)) or "nothing"
    print(f"{mark} {one.name:<40} {seconds:5.1f}s {said}{ending}{expected} {' '.join(troubles)}", flush=True)


def _words(finding: Finding) -> str:
    lines = ",".join(str(span.line) for span in finding.spans if span.primary)
    reason = f": {finding.proof.reason}" if finding.proof.reason else ""
    level = "" if finding.level == "error" else "(warning)"
    return f"{finding.code}@{lines}[{finding.proof.status}{reason}]{level}"


def _page(correct: list[tuple[bank.Case, Report]], *, proved: bool) -> str:
    """The table of warnings on correct programs, in Markdown."""
    warned = [(one, f) for one, report in correct for f in report.findings if f.level == "warning"]
    kinds = {kind: sum((".fixed" in one.path.name) == (kind == "fixed") for one, _ in correct) for kind in KINDS}
    how = "with proofs" if proved else "without proofs"
    accused = sum(any(f.level == "error" for f in report.findings) for _, report in correct)
    rows = [f"| {one.name} | {f.code} {f.title} | {one.warned.get(f.code, '**not justified**')} |" for one, f in warned]
    return "\n".join(
        [
            "# Warnings on correct programs",
            "",
            f"Written by `python benchmarks/diagnosis.py --warnings`, {how}, on {dt.date.today()}.",  # noqa: DTZ011 - a date on a page
            "",
            f"- healthy scripts checked: {kinds['healthy']}, of {len(list(bank.healthy()))}",
            f"- repaired scripts of the bank checked: {kinds['fixed']}, of {len(list(bank.fixed()))}",
            f"- accused wrongly, by a finding of level error: {accused}",
            f"- warned: {len({one.name for one, _ in warned})}",
            "",
            "A warning says what a run shows and what may be meant so. Each reason is a line `# warned CODE: reason`",
            "in the script; a warning without one fails `tests/test_bank.py`, and wants the rule repaired or a reason.",
            "",
            *(["| program | warning | why it is justified |", "|---|---|---|", *rows] if rows else ["None."]),
            "",
        ]
    )


def _tables(totals: dict[str, list[list[float]]], alarms: dict[str, list[float]]) -> None:
    if totals:
        print("\n" + f"{'form':<10}" + "".join(f"{name:>10}" for name in COLUMNS))
        for form, rows in sorted(totals.items()):
            _table_row(form, rows)
        _table_row("all", [row for rows in totals.values() for row in rows])
    for kind, wrong in alarms.items():
        print(f"\nfalse alarms on {kind} scripts: {sum(wrong):.0f} of {len(wrong)}")


def _table_row(form: str, rows: list[list[float]]) -> None:
    shares = [f"{sum(row[i] for row in rows) / len(rows):>10.0%}" for i in range(4)]
    print(f"{form:<10}{len(rows):>10}{''.join(shares)}{sum(row[4] for row in rows) / len(rows):>10.1f}")


if __name__ == "__main__":
    main()
