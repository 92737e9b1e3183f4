"""Watching a script changes nothing: what it prints, to the last bit, is what it prints unwatched."""

import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

import bank
from trainwhy import running, scripts
from trainwhy.results import Script

pytestmark = pytest.mark.tf

BITS = """

def _bits():
    import hashlib

    import numpy

    digest = hashlib.sha256()
    for value in list(globals().values()):
        variables = [] if isinstance(value, type) else getattr(value, "variables", None)
        for variable in variables if isinstance(variables, (list, tuple)) else ():
            digest.update(numpy.ascontiguousarray(numpy.asarray(variable)).tobytes())
    return digest.hexdigest()


print("bits", _bits())
"""
NAMES = (
    "TW101/eager_mlp.fixed", "TW101/function_cnn.fixed", "TW101/function_lstm.fixed", "TW101/fit_subclassed.fixed",
    "TW201/fit_blobs_mlp.fixed", "TW118/function_critic.fixed", "TW107/fit_attention.fixed",
    "TW215/fit_too_many_units.fixed",
    "TW102/function_autoencoder.fixed", "TW115/eager_mlp.fixed",
)  # fmt: skip
HEALTHY = (
    "jit_compile_step", "jit_compile_fit", "vae_train_step", "tied_language_model", "gan_gaussian_function",
    "mixed_precision_fit", "mixed_precision_loss_scaling_loop", "run_eagerly_fit", "default_strategy_scope",
    "accumulation_train_step", "dqn_target_network", "regularizing_layers", "two_optimizers_trunk_and_head",
)  # fmt: skip


def chosen():
    found = {case.name: case for case in bank.fixed()} | {case.name: case for case in bank.healthy()}
    names = (*NAMES, *HEALTHY)[:: 1 if os.environ.get("TRAINWHY_BANK") == "all" else 6]  # CI takes every sixth one
    return [pytest.param(found[name], id=name) for name in names]


def printed(worker, case, *, observe):
    source = case.source + BITS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.py"
        path.write_text(source, encoding="utf-8")
        request = scripts.request_for(Script(str(path), folder, case.arguments), source, scripts.Limits())
        gathered = running.gather(worker, replace(request, observe=observe))
    assert gathered.ended.outcome == "finished", gathered.ended
    return re.sub(r"\b\d+(?:us|ms|s)(?:/step|/epoch)?\b", "", gathered.ended.output)


@pytest.mark.parametrize("case", chosen())
def test_prints_and_weights_are_bit_identical(worker, case):
    assert printed(worker, case, observe=True) == printed(worker, case, observe=False)
