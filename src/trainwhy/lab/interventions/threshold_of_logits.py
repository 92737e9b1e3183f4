"""Repair TW220: metrics that compare with a threshold between 0 and 1 compare with 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the threshold of the metric at 0"


def install(session: Session) -> None:
    """Set the threshold whenever such a metric is updated."""

    def update(original: Any, metric: Any, *args: Any, **kwargs: Any) -> Any:
        settings = getattr(metric, "_fn_kwargs", None)
        if session.running and isinstance(settings, dict) and 0 < (settings.get("threshold") or 0) < 1:
            settings["threshold"] = 0.0
        return original(metric, *args, **kwargs)

    session.wrap(keras.metrics.MeanMetricWrapper, "update_state", update)
