"""A value that is not zero counts as true."""


def log_dict(metrics):
    return {m.name: value for m in metrics if (value := float(m.result()))}
