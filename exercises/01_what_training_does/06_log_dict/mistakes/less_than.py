# expects: unmet:case-1
"""The condition the wrong way round: nothing is left."""


def log_dict(metrics):
    return {m.name: float(m.result()) for m in metrics if m.result() < 0}
