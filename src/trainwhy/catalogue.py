"""The catalogue of diagnoses: found by walking `diagnoses/`, matched against a run, symptoms dropped, ranked."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from trainwhy import diagnoses
from trainwhy.results import Diagnosis, Finding, Match, Proof, Run


@dataclass(frozen=True, slots=True)
class Entry:
    """One diagnosis with its rule, its page and its examples, as its module holds them."""

    diagnosis: Diagnosis
    match: Callable[[Run], Match | None]
    page: str
    broken: str
    fixed: str
    measure_name: str
    measure: Callable[[Run], float] | None
    recovered: Callable[[Run, Run], bool | None] | None
    # Of a script: epochs a replay has to see before it can decide; 0 for the whole script, None for its first steps.
    epochs: int | None = None
    # The same as a number of steps, found in what the script did: up to where the mistake can be seen.
    reach: Callable[[Run], int | None] | None = None
    unrepaired: str = ""  # why no repair can be made around the code, where there is no intervention
    # Where a script is repaired or judged in other words than an exercise: (name, measure, recovered, words).
    of_script: tuple[str, Callable[[Run], float], Callable[[Run, Run], bool], str] | None = None

    @property
    def code(self) -> str:
        """The fixed code, TW101."""
        return self.diagnosis.code


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every diagnosis there is, by code."""
    names = [info.name for info in pkgutil.iter_modules(diagnoses.__path__)]
    modules = [importlib.import_module(f"{diagnoses.__name__}.{name}") for name in names]
    return tuple(sorted(map(_entry, modules), key=lambda e: e.code))


def find(name: str) -> Entry | None:
    """Find a diagnosis by its code or its name, in any case."""
    wanted = name.strip().lower().replace("_", "-")
    return next((e for e in entries() if wanted in (e.code.lower(), e.diagnosis.name)), None)


# What is only believed when nothing structural stands: a scale, a rate, a number of epochs.
# TW402 and the like say what another setting might have done: they come last, and never beside a cause.
HYPERPARAMETERS = frozenset({"TW301", "TW401", "TW402", "TW403", "TW416", "TW417"})
GUESSES = HYPERPARAMETERS | {"TW303", "TW320"}


def matching(run: Run) -> tuple[tuple[Entry, Match], ...]:
    """Return the diagnoses that match a run, causes only, errors first."""
    found = [(entry, match) for entry in entries() if (match := entry.match(run)) is not None]
    explained = {code for entry, _ in found for code in _all_explained(entry, {e.code for e, _ in found})}
    causes = [(entry, match) for entry, match in found if entry.code not in explained]
    if any((m.level or e.diagnosis.level) == "error" and e.code not in GUESSES for e, m in causes):
        causes = [(entry, match) for entry, match in causes if entry.code not in GUESSES]
    return tuple(sorted(causes, key=_rank))


def _rank(pair: tuple[Entry, Match]) -> tuple[bool, bool, bool, str]:
    """Errors, then guesses at what would be one, then what is a warning by nature; structure before settings."""
    entry, match = pair
    known, level = entry.diagnosis.level, match.level or entry.diagnosis.level
    return level != "error", known != "error", entry.code in HYPERPARAMETERS, entry.code


def finding(entry: Entry, match: Match, proof: Proof | None = None) -> Finding:
    """Word a match as a finding."""
    known = entry.diagnosis
    return Finding(
        code=known.code,
        name=known.name,
        level=match.level or known.level,
        title=match.title,
        spans=match.spans,
        evidence=match.evidence,
        why=known.why,
        help=known.help,
        broken=entry.broken,
        fixed=entry.fixed,
        proof=proof or Proof("not_run"),
    )


def _all_explained(entry: Entry, present: set[str]) -> set[str]:
    """Codes an entry explains; two that explain each other both stay."""
    mutual = {e.code for e in entries() if e.code in present and entry.code in e.diagnosis.explains}
    return set(entry.diagnosis.explains) - mutual


def _entry(module: ModuleType) -> Entry:
    return Entry(
        diagnosis=module.DIAGNOSIS,
        match=module.match,
        page=module.__doc__ or "",
        broken=module.BROKEN,
        fixed=module.FIXED,
        measure_name=getattr(module, "MEASURE", "loss"),
        measure=getattr(module, "measure", None),
        recovered=getattr(module, "recovered", None),
        of_script=getattr(module, "OF_SCRIPT", None),
        epochs=getattr(module, "EPOCHS", None),
        reach=getattr(module, "reach", None),
        unrepaired=getattr(module, "UNREPAIRED", ""),
    )
