"""Explains, with proof, why a TensorFlow or Keras training loop does or does not learn."""

__version__ = "0.1.0"
