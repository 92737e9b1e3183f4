"""The other side of the process: the only folder that imports TensorFlow and runs learners' code."""
