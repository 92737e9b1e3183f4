"""Explains, with proof, why a TensorFlow or Keras training loop does or does not learn.

For code that cannot be run as a script: `with trainwhy.observe() as run:` and `run.explain()`, the Keras callback
`trainwhy.Explain()`, and in a notebook `%load_ext trainwhy` with `%%trainwhy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Explain", "__version__", "load_ipython_extension", "observe"]

if TYPE_CHECKING:
    from trainwhy.lab.scripts.door import Explain
    from trainwhy.library import observe


def __getattr__(name: str) -> Any:
    """Import the library door when it is asked for: the command line must not import TensorFlow."""
    if name == "observe":
        from trainwhy.library import observe  # noqa: PLC0415 - see above

        return observe
    if name == "Explain":
        from trainwhy.lab.scripts.door import Explain  # noqa: PLC0415 - see above

        return Explain
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """Let `%load_ext trainwhy` bring the cell magic `%%trainwhy`."""
    from trainwhy import library  # noqa: PLC0415 - see above

    library.load_ipython_extension(shell)
