# expects: raised:TypeError
"""`result` without its brackets is the method, not the number."""


def log_dict(metrics):
    return {m.name: float(m.result) for m in metrics if m.result() > 0}
