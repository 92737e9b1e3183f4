"""A terminal in memory: a program behind a pseudo-terminal, its screen drawn by pyte."""

from __future__ import annotations

import os
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

SOURCE = Path(__file__).parents[2] / "src"
TESTS = Path(__file__).parents[1]


class Terminal:
    """Types keys and waits for words; `text` is everything that was ever on the screen, `screen` what is there now."""

    def __init__(
        self,
        arguments: list[str],
        folder: Path,
        *,
        width: int = 80,
        height: int = 200,
        program: str = sys.executable,
        **more: str,
    ) -> None:
        dropped = ("CI", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
        environment = {name: value for name, value in os.environ.items() if name not in dropped}
        environment |= {
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}",
            **more,
        }
        self.drawn = pyte.Screen(width, height)
        self._stream = pyte.Stream(self.drawn)
        self.raw = ""
        self.process = pexpect.spawn(
            program,
            arguments,
            cwd=str(folder),
            env=environment,
            dimensions=(height, width),
            encoding="utf-8",
            timeout=5,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self.drawn.display).rstrip()

    def type(self, keys: str) -> None:
        self.process.send(keys)

    def read(self, seconds: float = 0.05) -> str:
        """Take what has arrived."""
        try:
            piece = self.process.read_nonblocking(65536, seconds)
        except pexpect.TIMEOUT:
            return ""
        except pexpect.EOF:
            return ""
        self.raw += piece
        self._stream.feed(piece)
        return piece

    def wait(self, words: str, seconds: float = 10, *, times: int = 1) -> None:
        """Wait until the words are on the screen that often."""
        until = time.monotonic() + seconds
        while self.screen.count(words) < times:
            self.read()
            if time.monotonic() > until:
                raise AssertionError(f"{words!r} did not appear {times} times in {seconds} s:\n{self.screen}")

    def ended(self, seconds: float = 10) -> int:
        """Wait for the end of the program and give its exit code, minus the signal that killed it."""
        until = time.monotonic() + seconds
        while self.process.isalive():
            self.read()
            if time.monotonic() > until:
                raise AssertionError(f"it did not end in {seconds} s:\n{self.screen}")
        while self.read():
            pass
        status, signal = self.process.exitstatus, self.process.signalstatus
        return status if status is not None else -(signal or 0)

    def echoes(self) -> bool:
        """Tell whether the terminal is in its everyday mode: line by line, with echo."""
        flags = termios.tcgetattr(self.process.child_fd)[3]
        return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)
