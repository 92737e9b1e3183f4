"""A worker and a core that train nothing, a terminal that is none, and a way to run one command with them."""

from __future__ import annotations

import contextlib
import io
import json
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainwhy import course
from trainwhy.cli import ending
from trainwhy.cli.screen import Screen
from trainwhy.cli.tools import Tools
from trainwhy.results import (
    Ended,
    Epoch,
    EpochEnded,
    Evidence,
    Finding,
    Measured,
    Phase,
    ReferenceReady,
    Report,
    Row,
    Started,
    Table,
    Versions,
)
from trainwhy.worker import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Self

    from trainwhy.course import Exercise
    from trainwhy.results import Event, Progress, Request

FIXTURE = Path(__file__).parent / "fixtures" / "course"
HEALTHY = (Epoch(1, 1.25, {}, 4, 4, 2.0), Epoch(2, 0.25, {}, 4, 4, 0.5))
STUCK = (Epoch(1, 7.85, {}, 0, 4, 8.3), Epoch(2, 7.85, {}, 0, 4, 8.3))
FINDING = Finding(
    "TW101",
    "gradients-never-applied",
    "error",
    "the gradients are computed and thrown away",
    (),
    (Evidence("weights that moved", 0, 4),),
    "a gradient is only a direction",
    "HELP-THAT-IS-WITHHELD",
)


class FakeWorker:
    """Remembers what it was asked, and how it was ended. `endless` runs say nothing until they are cancelled."""

    def __init__(self, *, endless: bool = False) -> None:
        self.requests: list[Request] = []
        self.closed = 0
        self.cancelled = 0
        self.endless = endless

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, request: Request) -> Iterator[Event]:
        self.requests.append(request)
        before = self.cancelled
        yield Started("2.21.0", "3.15.1", "none", "3.11.7")
        while self.endless and self.cancelled == before:
            time.sleep(0.01)
        if self.cancelled > before:
            raise Cancelled
        yield Measured(text="SGD", tables=(Table("Model", ("layer", "output"), (Row(("dense", "(32, 8)")),)),))
        yield Ended("finished", 0.1)

    def cancel(self) -> None:
        self.cancelled += 1

    def close(self) -> None:
        self.closed += 1


def fake_check(
    exercise: Exercise,
    source: str,
    worker: Any,
    *,
    path: str,
    listen: Callable[[Progress], None] | None = None,
    shown: bool = True,  # the real one runs less when nobody watches
    prove: bool = True,
    seeds: tuple[int, ...] | None = None,
) -> Report:
    """Solved when the source says so; words in it lead to the other outcomes."""
    heard = listen or (lambda _: None)
    list(worker.run(None))
    if "CRASH-OURS" in source:
        raise ZeroDivisionError("a bug of ours")
    heard(Started("2.21.0", "3.15.1"))
    good = "SOLVED" in source
    epochs = HEALTHY if good else STUCK
    heard(ReferenceReady(HEALTHY, 7.85))
    for epoch in epochs:
        heard(EpochEnded(epoch, 7.85))
    heard(Phase("judging" if good else "proving"))
    outcome = next(
        (word for word in ("timed_out", "raised", "internal", "out_of_memory") if word in source), "finished"
    )
    verdict = {True: "solved"}.get(good, "unsolved" if outcome == "finished" else None)
    return Report(
        path,
        exercise.id,
        outcome,  # type: ignore[arg-type]
        "flaky" if "FLAKY" in source else verdict,  # type: ignore[arg-type]
        0.5,
        title=exercise.title,
        source=source,
        start_loss=7.85,
        epochs=epochs,
        reference=HEALTHY,
        findings=() if good or outcome != "finished" else (FINDING,),
        seeds=(0, 1, 2),
        versions=Versions("0.1.0", "2.21.0", "3.15.1", "3.11.7"),
        trend="falls" if good else "same",
    )


@dataclass
class Said:
    """What one command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


@dataclass
class Desk:
    """A folder to work in, and the tools to work with."""

    folder: Path
    worker: FakeWorker = field(default_factory=FakeWorker)
    check: Callable[..., Report] = fake_check
    screen: dict[str, Any] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    def run(self, *arguments: str) -> Said:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = ending.run(list(arguments), self.tools())
        return Said(code, _text(out), _text(err))

    def tools(self) -> Tools:
        return Tools(
            Screen(),
            worker=lambda: self.worker,
            script=lambda: self.worker,
            alone=lambda: self.worker,
            bulk=lambda: self.worker,
            check=self.check,
            course=lambda: course.load(FIXTURE),
            key=lambda: self.keys.pop(0),
            folder=lambda: self.folder,
            sight=lambda seen: replace(seen, unicode=True, **self.screen),
        )

    @property
    def work(self) -> Path:
        return self.folder / "trainwhy-course"

    def file(self, name: str) -> Path:
        return self.work / course.load(FIXTURE).find(name).file

    def progress(self) -> Any:
        return json.loads((self.work / ".trainwhy" / "progress.json").read_text())
