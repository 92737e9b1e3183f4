"""Collect the metrics of an epoch in a dictionary, from name to number."""


def log_dict(metrics):
    """Return name and value (a float) of every metric whose result is more than zero."""
    # TODO: fill the three blanks. Each metric `m` has `m.name` and `m.result()`.
    return {____: ____ for m in metrics if ____}
