"""Reading TOML strictly: every complaint names the file, the key, what was found and what was expected."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trainwhy.errors import BadExercise

if sys.version_info >= (3, 11):
    import tomllib
else:
    # The second code keeps mypy content where tomli is installed.
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FOUND_LIMIT = 60  # characters of a wrong value that a message quotes


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table and where it stands."""

    path: Path
    values: Mapping[str, Any]
    prefix: str = ""

    def only(self, known: Iterable[str]) -> None:
        """Refuse keys that mean nothing here, with the nearest key that does."""
        known = tuple(known)
        for key in self.values:
            if key not in known:
                raise self.bad(key, "an unknown key", _meant(key, known))

    def text(
        self,
        key: str,
        default: str | None = None,
        *,
        one_of: tuple[str, ...] = (),
        pattern: re.Pattern[str] | None = None,
        expected: str = "a text that is not empty",
    ) -> str:
        """Take the text under `key`; without a default it must be there and hold more than blanks."""
        value = self.get(key, default, expected)
        if not isinstance(value, str):
            raise self.bad(key, found(value), expected)
        if value == default:
            return value
        if one_of and value not in one_of:
            raise self.bad(key, found(value), _meant(value, one_of))
        if not value.strip() or (pattern is not None and not pattern.fullmatch(value)):
            raise self.bad(key, found(value), expected)
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Take the whole number under `key`, from `low` to `high`."""
        expected = f"a whole number from {low} to {high}"
        value = self.get(key, default, expected)
        # In Python True is a number; in TOML it is not.
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.bad(key, found(value), expected)
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """Take the number under `key`, from `low` to `high`; NaN is outside."""
        expected = f"a number from {low:g} to {high:g}"
        value = self.get(key, default, expected)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
            raise self.bad(key, found(value), expected)
        return float(value)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Take the list of texts under `key`, none of them empty."""
        value = self.get(key, default, "a list of texts")
        if not isinstance(value, (list, tuple)):
            raise self.bad(key, found(value), "a list of texts")
        for place, item in enumerate(value):
            if not isinstance(item, str) or not item.strip():
                raise self.bad(f"{key}[{place}]", found(item), "a text that is not empty")
        return tuple(value)

    def wholes(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Take a list of different whole numbers from 0 up, at least one."""
        expected = "a list of different whole numbers from 0 up, for example [0, 1, 2]"
        value = self.get(key, default, expected)
        if not isinstance(value, (list, tuple)) or not value:
            raise self.bad(key, found(value), expected)
        right = all(isinstance(item, int) and not isinstance(item, bool) and item >= 0 for item in value)
        if not right or len(set(value)) != len(value):
            raise self.bad(key, found(value), expected)
        return tuple(value)

    def table(self, key: str) -> Table | None:
        """Take the table under `key`, if there is one."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.bad(key, found(value), f"a table, `[{self.prefix}{key}]`")
        return Table(self.path, value, f"{self.prefix}{key}.")

    def tables(self, key: str) -> tuple[Table, ...]:
        """Take the list of tables under `key`, empty when there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.bad(key, found(value), f"a list of tables, each headed `[[{self.prefix}{key}]]`")
        return tuple(Table(self.path, item, f"{self.prefix}{key}[{place}].") for place, item in enumerate(value))

    def get(self, key: str, default: object, expected: str) -> object:
        """Take the value under `key` or the default; a missing key without a default is refused."""
        if key in self.values:
            return self.values[key]
        if default is None:
            raise self.bad(key, "missing", expected)
        return default

    def bad(self, key: str, what: str, expected: str) -> BadExercise:
        """Make the complaint about `key`, to be raised."""
        return BadExercise(self.path, self.prefix + key, what, expected)


def read_table(path: Path) -> Table:
    """Parse a TOML file."""
    try:
        return Table(path, tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as error:
        raise BadExercise(path, path.name, "missing", "a TOML file") from error
    except OSError as error:
        raise BadExercise(path, path.name, f"unreadable ({error.strerror})", "a TOML file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadExercise(path, path.name, f"no valid TOML ({error})", "TOML in UTF-8") from error


def found(value: object) -> str:
    """Words for a value that is not what was expected."""
    shown = repr(value)
    return shown if len(shown) <= _FOUND_LIMIT else f"{shown[:_FOUND_LIMIT]}..."


def _meant(word: str, known: tuple[str, ...]) -> str:
    import difflib  # noqa: PLC0415 - only a mistake pays for this import

    near = difflib.get_close_matches(word, known, n=1)
    listed = "one of " + ", ".join(f"`{name}`" for name in known)
    return f"{listed}; did you mean `{near[0]}`?" if near else listed
