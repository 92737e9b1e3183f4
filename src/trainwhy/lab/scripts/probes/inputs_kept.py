"""Whether the script writes into its own data: NumPy arrays compared at the turns of its epochs."""

from __future__ import annotations

from typing import Any

from trainwhy.lab.scripts import arrays
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Compare at every turn of an epoch."""
    del recorder
    roots: dict[int, arrays.Root] = {}
    session.roots = roots  # type: ignore[attr-defined]
    arrays.watch(session, roots)

    def turn(_: dict[str, Any] | None) -> None:
        for root in roots.values():
            arrays.compare(root)

    session.epoch_ended.append(turn)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Say which arrays drifted, under all names that the script has for them."""
    drifted = []
    for root in session.roots.values():  # type: ignore[attr-defined]
        arrays.compare(root)
        if root.drifts:
            drifted.append(root)
    if drifted:
        recorder.facts.update(
            drifted=len(drifted),
            drifts=max(root.drifts for root in drifted),
            drifted_share=max(root.share for root in drifted),
            drifted_names=",".join(sorted(set().union(*(root.names for root in drifted)))),
        )
