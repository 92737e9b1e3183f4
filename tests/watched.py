"""Whole scripts whose observation is recorded: `scripts/record_scripts` writes, the tests of the rules read.

A recording is the merged run of one script, watched and looked at, as `trainwhy check` diagnoses it. Its name holds a
hash of the script, so an example or a script of the bank that has changed has no recording until it is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bank
from trainwhy import catalogue, wire
from trainwhy.results import Run

FOLDER = Path(__file__).parent / "observations"

# Scripts of the bank that show what the examples on the pages do not: another form, another way to go wrong.
FROM_BANK = (
    "TW101/eager_gan",
    "TW101/fit_subclassed",
    "TW101/function_cnn",
    "TW108/eager_raw_variables",
    "TW108/fit_multi_output",
    "TW108/function_gate",
    "TW110/eager_manual",
    "TW110/function_trainer",
    "TW111/fit_functional",
    "TW111/function_encoder_decoder",
    "TW113/eager_assign",
    "TW113/fit_r2",
    "TW114/eager_in_epoch",
    "TW114/fit_train_step",
    "TW115/fit_chunks",
    "TW120/eager_moons_mlp",
    "TW120/fit_train_step_subclassed",
    "TW124/eager_dropout_eval",
    "TW124/fit_test_step",
    "TW125/eager_l2_mlp",
    "TW125/function_vae",
    "TW132/function_image_autoencoder",
    "TW134/eager_epoch_gradient_reused",
    "TW134/function_softmax_regression",
    "TW135/fit_numpy_layer",
    "TW135/function_mlp_dict",
    "TW137/eager_dedented_apply",
    "TW138/eager_input_variable",
    "TW138/fit_train_on_batch_smoothing",
    "TW213/eager_next_token",
    "TW215/eager_softmax_over_batch",
    "TW215/fit_too_many_units",
    "TW218/fit_kl_divergence",
    "TW218/function_log_error_of_counts",
    "TW219/fit_train_step_wrong_tensor",
    "TW219/function_penalty_overwrites",
    "TW222/fit_dropout_after_head",
    "TW307/fit_sorted_classes",
    "TW307/fit_train_on_batch_sorted",
    "TW309/fit_slice_functional",
    "TW309/function_take_skip",
    "TW317/eager_next_batch",
    "TW317/fit_steps_per_epoch",
    "TW320/eager_reviews",
    "TW320/fit_wide_mlp",
    "TW321/eager_two_inputs",
    "TW414/fit_deep_plain",
    "TW414/eager_rnn",
    "TW424/eager_checkpoint",
    "TW424/fit_get_weights",
    "TW424/function_weights",
    "TW414/fit_euler",
    "TW414/function_residual",
    "TW124/fit_functional_predict",
    "TW222/eager_regression_dropout",
    "TW120/function_digits_cnn",
    "TW307/eager_sorted_slices",
    "TW321/function_sequential_norm",
    "TW125/fit_train_step_cnn",
    "TW213/fit_labels_from_one",
    "TW129/function_step_number",
    "TW131/eager_accumulate_list",
    "TW131/fit_clip_norm",
    "TW131/fit_micro_batches",
    "TW131/function_accumulate_variables",
)
HEALTHY = (
    "accumulation_eager",
    "custom_train_and_test_step",
    "dqn_target_network",
    "evaluation_loops",
    "frozen_backbone_fit",
    "gan_fit_train_step",
    "loss_subclass_weighted_mse",
    "multi_task_custom_loop",
    "policy_gradient_corridor",
    "save_and_resume_model",
    "timeseries_windows_dataset",
    "vae_add_loss_layer",
)


@dataclass(frozen=True)
class Watched:
    """One script whose run is recorded, and what is found in it: a code, or nothing."""

    name: str
    code: str
    source: str
    arguments: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where its recording lies."""
        told = hashlib.sha256("\0".join((self.source, *self.arguments)).encode()).hexdigest()[:12]
        return FOLDER / f"{self.name.replace('/', '-')}-{told}.json.gz"

    def read(self) -> Run:
        """The recorded run; FileNotFoundError names the command that records."""
        if not self.path.exists():
            raise FileNotFoundError(f"no recording {self.path.name}; `python scripts/record_scripts` makes them")
        return wire.load(gzip.decompress(self.path.read_bytes()), Run)


def everything() -> Iterator[Watched]:
    """Both examples of every diagnosis of whole scripts, and the chosen scripts of the banks."""
    for entry in catalogue.entries():
        if entry.diagnosis.practice == "script":
            yield Watched(f"{entry.code}/broken", entry.code, entry.broken)
            yield Watched(f"{entry.code}/fixed", "", entry.fixed)
    for case in bank.broken():
        if case.name in FROM_BANK:
            yield Watched(case.name, case.code, case.source, case.arguments)
    for case in bank.healthy():
        if case.name in HEALTHY:
            yield Watched(f"healthy/{case.name}", "", case.source, case.arguments)
