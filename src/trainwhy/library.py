"""The library door: `with trainwhy.observe() as run:` ... `run.explain()`, a Keras callback and a notebook magic.

For code that cannot be run as a script. The code is watched in its own process, so nothing can be replayed: causes are
`likely`, and `trainwhy check` on the same code in a file proves them.
"""

from __future__ import annotations

import html
import sys
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any

from trainwhy import __version__, catalogue, chains, narrative, scripts
from trainwhy.results import Proof, Report, Run, Versions

if TYPE_CHECKING:
    from typing_extensions import Self  # in typing from 3.11 on; type checkers bring it along

UNPROVEN = Proof("likely", reason="code in its own process cannot be replayed; `trainwhy check` on a file proves it")


@dataclass(frozen=True)
class Explanation:
    """A report that shows itself: text when printed, a block in a notebook."""

    report: Report

    def __str__(self) -> str:
        return render(self.report, width=100, unicode=_unicode())

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(render(self.report, width=100, unicode=True))}</pre>"


class Observation:
    """Watches the code of the `with` block it opens; after it, `explain()` says what happened."""

    def __init__(self, filename: str) -> None:
        from trainwhy.lab.scripts.door import Door  # noqa: PLC0415 - imports TensorFlow

        self.filename = filename
        self._door = Door(filename)

    def __enter__(self) -> Self:
        self._door.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.close()

    @property
    def run(self) -> Run:
        """Everything that was seen, as plain data."""
        return self._door.close()

    def explain(self) -> Explanation:
        """Name what keeps the training from learning; silent when nothing does."""
        cell = self.filename.startswith("<") or "ipykernel_" in self.filename
        return Explanation(report_of(self.run, "cell" if cell else self.filename))


def observe(*, depth: int = 1) -> Observation:
    """Watch the code of a `with` block. `depth` is how many callers stand between the user's code and here."""
    return Observation(sys._getframe(depth).f_code.co_filename)  # noqa: SLF001 - the caller's file is the point


def report_of(run: Run, path: str) -> Report:
    """Report a run that was observed in this process."""
    found = [catalogue.finding(entry, match, UNPROVEN) for entry, match in catalogue.matching(run)]
    errors = any(one.level == "error" for one in found)
    report = Report(
        path=path,
        exercise=None,
        outcome="finished",
        verdict="unsolved" if errors else "healthy",
        seconds=run.seen.seconds if run.seen else 0.0,
        source=run.source,
        epochs=scripts.rows(run.epochs),
        findings=tuple(found),
        versions=Versions(__version__),
        trend=narrative.trend(None, run.epochs),
        files=run.seen.files if run.seen else (),
        notes=() if scripts.trained(run) else ("no training was seen: no gradient, no optimizer step, no `fit`",),
    )
    placed = scripts.in_their_files(report)
    return replace(placed, findings=tuple(replace(f, chain=chains.chain(run, f)) for f in placed.findings))


def render(report: Report, *, width: int, unicode: bool) -> str:
    """Draw a report without colour."""
    from trainwhy.faces import terminal  # noqa: PLC0415 - Rich only where something is drawn
    from trainwhy.faces.style import Style  # noqa: PLC0415 - see above

    style = Style(width=width, color=False, unicode=unicode, links=False)
    text = terminal.report(style, report, help=True, table=True)
    quiet = "trainwhy found nothing that keeps this training from learning\n"
    return text if report.findings or report.verdict != "healthy" else text + "\n" + quiet


def _unicode() -> bool:
    return "utf" in (getattr(sys.stdout, "encoding", "") or "").lower()


def load_ipython_extension(shell: Any) -> None:
    """Register `%%trainwhy`: run the cell under observation, then show what was found."""

    def trainwhy(line: str, cell: str) -> None:
        del line
        name = shell.compile.cache(cell)  # the name under which the shell compiles this very text
        observation = Observation(name)
        with observation:
            result = shell.run_cell(cell)
        from IPython.display import display  # noqa: PLC0415 - only inside a notebook

        if result.success or observation.run.steps:
            display(observation.explain())  # type: ignore[no-untyped-call]  # IPython has no types here

    shell.register_magic_function(trainwhy, magic_kind="cell")
