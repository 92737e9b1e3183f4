"""Waiting for a template that has not loaded yet."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from trainwhy.results import Request
from trainwhy.worker import Cancelled, forking, home
from trainwhy.worker.process import ProcessWorker

pytestmark = pytest.mark.skipif(not forking.supported(), reason="forked workers")


def test_a_cancel_ends_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "TEMPLATE", ("-c", "import time; time.sleep(600)"))
    with ProcessWorker() as worker, ThreadPoolExecutor(max_workers=2) as pool:
        waiting = [pool.submit(list, worker.run(Request("train", ""))) for _ in range(2)]
        while not all(one.done() for one in waiting):
            time.sleep(0.1)
            worker.cancel()
        for one in waiting:
            with pytest.raises(Cancelled):
                one.result()
