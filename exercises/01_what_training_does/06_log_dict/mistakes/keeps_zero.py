# expects: unmet:case-2
"""A metric at zero is kept."""


def log_dict(metrics):
    return {m.name: float(m.result()) for m in metrics if m.result() >= 0}
