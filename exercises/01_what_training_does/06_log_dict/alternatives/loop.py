"""The same with a loop, and each result asked for once."""


def log_dict(metrics):
    log = {}
    for metric in metrics:
        value = float(metric.result())
        if value > 0.0:
            log[metric.name] = value
    return log
