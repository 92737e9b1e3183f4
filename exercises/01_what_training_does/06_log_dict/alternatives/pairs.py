"""The same with pairs; `.numpy()` makes the number plain as well."""


def log_dict(metrics):
    pairs = ((m.name, float(m.result().numpy())) for m in metrics)
    return dict(filter(lambda pair: pair[1] > 0, pairs))
