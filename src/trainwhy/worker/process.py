"""Workers as real processes: forked from a warm template where that is safe, fresh everywhere else."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy import unlisted, wire
from trainwhy.errors import NoTensorFlow
from trainwhy.results import Ended, Event, Output, Request, Started
from trainwhy.worker import Cancelled, channel, confine, forking, fresh, home, landlock, sealing, trusted

if TYPE_CHECKING:
    from typing_extensions import Self  # in typing from 3.11 on; type checkers bring it along

    from trainwhy.worker.warm.settings import Settings

REQUEST = "request.json"
WORK = "work"
LENT = "artifact"  # what the folder into which a request's weights go is called in the run's own
NO_SANDBOX = "no sandbox on this system: a checked file can read and change whatever its user can"
HALF_SANDBOX = "half a sandbox on this system: a checked file has no network, and can change whatever its user can"


class ProcessWorker:
    """Starts loading TensorFlow in the background when it is made; `run` may be called from several threads.

    `ready` workers are kept forked and warm ahead of the next run: for somebody who waits. For many files at once
    (`bulk`) a process for trusted jobs loads beside the template and stays warm from one file to the next. With `warm`
    the template is the one that stays in the background between commands, wherever that can be had.
    """

    def __init__(
        self,
        *,
        fork: bool = True,
        ready: int = 0,
        bulk: bool = False,
        warm: Settings | None = None,
        require_sandbox: bool = False,
    ) -> None:
        self.notes: list[str] = []
        self._wanted = ready
        self._kind = warm.template if warm else home.TEMPLATE
        self._template = self._first(warm) if fork and forking.supported() else None
        self._lock = threading.Lock()
        self._running: set[channel.Channel] = set()
        self._closed = False
        self._cancels = 0  # how often: a run that waits for the template belongs to one of them
        self._trusted = trusted.Trusted() if bulk and trusted.possible() else None
        self.require_sandbox = require_sandbox
        self._checks = sealing.Checks() if bulk else None  # who watches may be the author of what is checked

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, request: Request) -> Iterator[Event]:
        """Yield the events of one run; `Ended` is the last. Raises NoTensorFlow where it is not installed."""
        if self._checks is not None:
            self._checks.begin(request.exercise)
        helper = self._helper(request)
        if helper is not None:
            try:
                yield from helper.run(request)
            except trusted.Unavailable:
                self._dismiss(helper)
            else:
                return
        once, cancels = Once(), self._cancels
        while (template := self._usable(lambda: self._cancels != cancels)) is not None:
            if (yield from self._tried(request, template, once)):
                return
        yield from once.of(self._events(request, None))

    def warm(self) -> None:
        """Wait until TensorFlow is loaded."""
        self._usable()

    def cancel(self) -> None:
        """End every run that is on; their iterators raise `Cancelled`."""
        with self._lock:
            self._cancels += 1
            running = list(self._running)
            helper = self._trusted
        for one in running:
            one.cancel()
        if helper is not None:
            helper.cancel()
            self._dismiss(helper)

    def close(self) -> None:
        """End the template; runs whose iterators are closed are gone already."""
        with self._lock:
            self._closed = True
            template, self._template = self._template, None
            helper, self._trusted = self._trusted, None
            idle = not self._running
        if helper is not None:
            helper.close()
        if template is not None:
            template.close(idle=idle)

    def _helper(self, request: Request) -> trusted.Trusted | None:
        """The process for trusted jobs, unless it is at work: then a forked one is as good."""
        with self._lock:
            helper = self._trusted
        return helper if helper is not None and request.job in trusted.JOBS and not helper.busy() else None

    def _dismiss(self, helper: trusted.Trusted) -> None:
        with self._lock:
            self._trusted = None if self._trusted is helper else self._trusted
        helper.close()

    def _first(self, warm: Settings | None) -> forking.Template:
        """Take the template in the background, or start one for this command."""
        shared = None
        if warm is not None:
            from trainwhy.worker.warm import door  # noqa: PLC0415 - whoever wants none of it does not load it

            shared = door.template(warm, self.notes)
        return shared or forking.private(self._wanted, self._kind)

    def _tried(self, request: Request, template: forking.Template, once: Once) -> Generator[Event, None, bool]:
        """Whether the template saw the run to its end; else it is given up."""
        try:
            yield from once.of(_if_started(self._events(request, template)))
        except channel.Refused as refused:
            self._give_up(template, str(refused))
            return False
        return True

    def _usable(self, cancelled: Callable[[], bool] = lambda: False) -> forking.Template | None:
        template = self._template
        if template is None:
            return None
        try:
            template.wait_ready(cancelled)
        except channel.Refused as refused:
            _explain_missing(str(refused))
            self._give_up(template, str(refused))
            return self._usable(cancelled)
        return template

    def _give_up(self, template: forking.Template, why: str) -> None:
        """Go on with a template of this command's own, without one with fresh processes; say so once."""
        with self._lock:
            if template is not self._template:  # another thread was here first
                return
            reason = why.splitlines()[-1] if why else "forking failed"
            if template.shared and not template.said_no:
                self._template = forking.private(self._wanted, self._kind)
                self.notes.append(f"{reason}; this command went on with processes of its own")
            else:
                self._template = None
                self.notes.append(f"every run starts a fresh process, because {reason}")
        template.close()

    def _events(self, request: Request, template: forking.Template | None) -> Iterator[Event]:
        if self._closed:  # what another thread still waited for came to its end with the worker
            raise Cancelled
        folder = unlisted.make("trainwhy-run-")
        lent = _lend(request, folder)
        try:
            confined = request.script is None or request.script.confined  # else it may do what its user may
            (folder / WORK).mkdir()
            if request.script is not None and confined and request.script.pristine:
                _copy(Path(request.script.pristine), folder / WORK)
            asked = replace(request, needs_sandbox=self.require_sandbox and confined)
            (folder / REQUEST).write_text(wire.dump_request(asked), encoding="utf-8")
            runs = len(request.seeds) if request.job == "train" else 1
            if template is None:
                one = fresh.start(folder, request.deadline, confined=confined, runs=runs)
            else:  # a script may still configure devices and threads, which no operation may precede
                used = request.script is None
                one = template.start(folder, request.deadline, confined=confined, used=used, runs=runs)
            with self._listed(one), contextlib.closing(channel.read(one)) as events:
                for event in events:
                    if isinstance(event, Started) and confined:
                        self._note_sandbox(event.sandbox)
                    if isinstance(event, Ended):
                        _take_back(lent)
                    yield self._with_notes(event) if isinstance(event, Ended) else event
        finally:
            _take_back(lent)
            unlisted.remove(folder)

    def _note_sandbox(self, sandbox: str) -> None:
        words = "" if confine.is_whole(sandbox) else NO_SANDBOX if sandbox == confine.NONE else HALF_SANDBOX
        with self._lock:
            if words and words not in self.notes:
                self.notes.append(words)

    @contextlib.contextmanager
    def _listed(self, one: channel.Channel) -> Iterator[None]:
        with self._lock:
            self._running.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(one)

    def _with_notes(self, ended: Ended) -> Ended:
        _explain_missing(ended.failure.message if ended.failure and ended.outcome == "internal" else "")
        if self._checks is not None and not self._checks.intact():
            ended = sealing.void(ended)
        return replace(ended, notes=(*ended.notes, *self.notes))


class Once:
    """Passes on the events of a run that may have to be repeated: what was heard before is not said again.

    A training is the same each time, so its events are counted; a program's own prints arrive in pieces of any size, so
    their characters are.
    """

    def __init__(self) -> None:
        self._events = 0
        self._printed = 0

    def of(self, events: Iterator[Event]) -> Iterator[Event]:
        """Yield the events that were not yet heard."""
        known, printed = self._events, self._printed
        for event in events:
            if isinstance(event, Output):
                new, printed = event.text[printed:], max(printed - len(event.text), 0)
                if new:
                    self._printed += len(new)
                    yield Output(new)
            elif known:
                known -= 1
            else:
                self._events += 1
                yield event


def _if_started(events: Iterator[Event]) -> Iterator[Event]:
    """Pass events on; a forked worker that ends before it said anything was not safe to fork."""
    heard = False
    for event in events:
        heard = heard or isinstance(event, Started)
        if isinstance(event, Ended) and not heard and event.outcome in ("internal", "timed_out"):
            raise channel.Refused("a forked worker did not start")
        yield event


def _copy(pristine: Path, work: Path) -> None:
    """Give a confined script its copy of its folder: it may not set the modes and times that copying sets."""
    shutil.copytree(pristine, work / pristine.name, symlinks=True)


def _lend(request: Request, folder: Path) -> list[tuple[Path, Path]]:
    """Move what a run is to write into into its own folder, where alone it can; a link stays in its place."""
    if request.job != "train" or not request.artifact or not landlock.version():
        return []
    place, own = Path(request.artifact), folder / LENT
    place.rename(own)
    place.symlink_to(own)
    return [(place, own)]


def _take_back(lent: list[tuple[Path, Path]]) -> None:
    """Put what was lent where it was, once the run's processes are dead; empty when the run made away with it.

    Folders that the run made inside come back empty: nobody should have to remove what they hold.
    """
    for place, own in lent:
        if not place.is_symlink():
            continue
        place.unlink()
        place.mkdir(mode=0o700)
        with contextlib.suppress(OSError):
            for entry in os.scandir(own) if not own.is_symlink() else ():
                if entry.is_dir(follow_symlinks=False):
                    (place / entry.name).mkdir(mode=0o700)
                else:
                    Path(entry.path).rename(place / entry.name)


def _explain_missing(text: str) -> None:
    for module in ("tensorflow", "keras"):
        if f"No module named '{module}'" in text:
            raise NoTensorFlow(f"No module named '{module}'")
