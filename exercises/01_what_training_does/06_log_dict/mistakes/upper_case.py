# expects: unmet:case-1
"""The names are changed."""


def log_dict(metrics):
    return {m.name.upper(): float(m.result()) for m in metrics if m.result() > 0}
