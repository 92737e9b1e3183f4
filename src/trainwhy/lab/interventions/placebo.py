"""The placebo: one more forward pass before each step, in inference mode, whose result nobody uses."""

from __future__ import annotations

from trainwhy.lab.session import Session

WORDS = "an extra forward pass"


def install(session: Session) -> None:
    """Call the model on the batch before every step; inference draws no random numbers."""

    def forward() -> None:
        if session.batch is not None and getattr(session.model, "built", False):
            session.model(session.batch[0], training=False)

    session.before_step.append(forward)
