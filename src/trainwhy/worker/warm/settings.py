"""Whether a template may stay in the background, for how long, and where it is met."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trainwhy.worker import home

SWITCH = "TRAINWHY_WARM"
SECONDS = "TRAINWHY_WARM_SECONDS"
FOLDER = "TRAINWHY_RUNTIME"
IDLE = 600.0  # seconds without a command before the background process ends
OFF = ("0", "off", "no", "false")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the background process is met, when it ends by itself, and what it runs."""

    folder: Path
    idle: float = IDLE
    template: tuple[str, ...] = home.TEMPLATE


def why_off(environment: Mapping[str, str]) -> str:
    """Say why nothing may stay in the background here; empty when it may."""
    if not home.supported():
        return "this system cannot fork a process that has loaded TensorFlow"
    if environment.get("CI"):
        return "CI is set"
    if environment.get(SWITCH, "").strip().lower() in OFF:
        return f"{SWITCH} is {environment[SWITCH]}"
    return "this is a run of trainwhy's own" if environment.get("TRAINWHY_WORKER") else ""


def chosen(environment: Mapping[str, str]) -> Settings | None:
    """Give the settings of this command; None when it starts processes of its own."""
    return None if why_off(environment) else found(environment)


def found(environment: Mapping[str, str]) -> Settings:
    """Give the settings, whether they may be used or not."""
    return Settings(_folder(environment), _seconds(environment.get(SECONDS, "")))


def _folder(environment: Mapping[str, str]) -> Path:
    """Prefer the folder that the system clears at the end of the session."""
    if environment.get(FOLDER):
        return Path(environment[FOLDER])
    session = environment.get("XDG_RUNTIME_DIR", "")
    if session and os.access(session, os.W_OK | os.X_OK):
        return Path(session) / "trainwhy"
    import platformdirs  # noqa: PLC0415 - mostly not needed

    return Path(platformdirs.user_cache_dir("trainwhy")) / "background"


def _seconds(text: str) -> float:
    try:
        return max(float(text), 0.1)
    except ValueError:
        return IDLE
