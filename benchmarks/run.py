"""Run the benchmarks: `python benchmarks/run.py [NAME ...]`; each prints ratios measured side by side in this run."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

ALL = ("startup", "cold", "warm", "warm_start", "verify", "grade", "observation", "watching")
ALL += ("confinement", "judging", "endings")


def main() -> int:
    """Print one line per ratio and a summary; exit 1 when a limit is missed."""
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["TRAINWHY_WARM"] = "0"  # nothing is warm but what a benchmark warms itself
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors")
    print(f"{'':<46} {'trainwhy':>10} {'plain':>10}   ratio")
    ratios = []
    for name in sys.argv[1:] or ALL:
        for ratio in importlib.import_module(name).measure():
            ratios.append(ratio)
            print(ratio.line(), flush=True)
    missed = [ratio.name for ratio in ratios if not ratio.kept]
    said = f"{len(ratios) - len(missed)} of {len(ratios)} limits kept"
    print(said + (f"; missed: {', '.join(missed)}" if missed else ""))
    return bool(missed)


if __name__ == "__main__":
    raise SystemExit(main())
