"""Importing TensorFlow and all of the lab, as fast as it goes and with no operation run."""

from __future__ import annotations

import gc


def import_everything() -> None:
    """Import what any job may need.

    The collector rests meanwhile: importing makes a million objects that live for ever, and looking through them again
    and again is a fifth of the time. Afterwards they are frozen, so that no collection in a worker looks at them, nor
    copies their pages.
    """
    gc.disable()
    import numpy.random  # noqa: F401 - every run seeds it, and would import it anew

    import trainwhy.lab.jobs
    import trainwhy.lab.probes
    import trainwhy.wire

    trainwhy.lab.probes.modules()
    trainwhy.wire.prepare()
    gc.freeze()
    gc.enable()
