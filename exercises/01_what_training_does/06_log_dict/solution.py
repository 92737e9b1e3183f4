"""Collect the metrics of an epoch in a dictionary, from name to number."""


def log_dict(metrics):
    """Return name and value (a float) of every metric whose result is more than zero."""
    return {m.name: float(m.result()) for m in metrics if m.result() > 0}
