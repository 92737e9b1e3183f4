"""The training step, yours: five sub-goals, about one line each."""

import tensorflow as tf


def train_step(model, optimizer, loss_fn, x, y):
    """Learn from one batch, x of shape (32, 4) and y of shape (32,); return its loss."""
    # TODO: write the step. The comments name its parts; two of them belong under the tape.

    # forward

    # loss

    # gradient

    # update

    # measure
