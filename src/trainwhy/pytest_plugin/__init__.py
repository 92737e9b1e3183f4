"""The pytest plugin: with `--trainwhy`, the exercise files of a workspace are test items with the verdicts of `verify`.

This module is loaded in every pytest run of the environment it is installed in, so it holds the options only; what
collects and checks (`items`) is imported once `--trainwhy` is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options; nothing else happens until `--trainwhy` is given."""
    group = parser.getgroup("trainwhy", "exercises of trainwhy")
    group.addoption("--trainwhy", action="store_true", help="collect exercise files, with the verdicts of `verify`")
    group.addoption(
        "--trainwhy-strict", action="store_true", help="fail exercises that were not started, rather than skip them"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Bring in what collects."""
    if config.getoption("--trainwhy"):
        from trainwhy.pytest_plugin import items  # noqa: PLC0415 - see above

        items.register(config)
