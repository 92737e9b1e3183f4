# expects: unmet:case-1
"""The values are still tensors."""


def log_dict(metrics):
    return {m.name: m.result() for m in metrics if m.result() > 0}
