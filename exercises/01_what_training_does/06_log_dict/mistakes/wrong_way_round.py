# expects: unmet:case-1
"""Value to name."""


def log_dict(metrics):
    return {float(m.result()): m.name for m in metrics if m.result() > 0}
