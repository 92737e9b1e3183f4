"""Hints that two files of one exercise share more than the exercise explains. A hint to look, never a verdict.

Names, numbers, texts, comments and layout are folded away; what is left is cut into short overlapping passages, of
which a fixed choice is kept (winnowing: Schleimer, Wilkerson, Aiken, 2003). Passages of the starter, of the course's
own right answers, and those that many people wrote count for nothing.
"""

from __future__ import annotations

import io
import keyword
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

from trainwhy.grades import Alike

if TYPE_CHECKING:
    from trainwhy.course import Course, Exercise
    from trainwhy.grading.submissions import Submission

PASSAGE = 12  # tokens
WINDOW = 6  # of so many passages in a row at least one is kept
ENOUGH = 6  # passages of one's own; fewer say nothing
SHARE = 0.8  # of the smaller file's own passages
COMMON = 0.3  # what this share of a class wrote is how this exercise is written
FEW = 4  # people; in a smaller group nothing is common
_FOLDED = {tokenize.NUMBER: "0", tokenize.STRING: "''"}
_DROPPED = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING, tokenize.ENDMARKER)


def hints(course: Course, submissions: Sequence[Submission]) -> list[Alike]:
    """Give pairs of people whose files of one exercise are alike, most alike first."""
    found = [hint for exercise in course.exercises for hint in _on(exercise, submissions)]
    return sorted(found, key=lambda one: (-one.share, one.exercise, one.people))


def _on(exercise: Exercise, submissions: Sequence[Submission]) -> Iterator[Alike]:
    handed = {one.person: one.files[exercise.id].source for one in submissions if exercise.id in one.files}
    passages = {person: fingerprint(source) for person, source in handed.items()}
    expected = _expected(exercise) | _usual(list(passages.values()))
    own = {person: one - expected for person, one in passages.items()}
    telling = {person: one for person, one in own.items() if len(one) >= ENOUGH}
    for first, second in combinations(sorted(telling), 2):
        share = len(telling[first] & telling[second]) / min(len(telling[first]), len(telling[second]))
        if share >= SHARE:
            yield Alike(exercise.id, (first, second), round(share, 3))


def _expected(exercise: Exercise) -> frozenset[int]:
    """Passages that the course itself puts into people's files."""
    texts = [exercise.starter(), exercise.solution(), *(path.read_text("utf-8") for path in exercise.alternatives())]
    return frozenset().union(*(_all(text) for text in texts))


def _usual(files: Sequence[frozenset[int]]) -> frozenset[int]:
    if len(files) < FEW:
        return frozenset()
    counts = Counter(passage for one in files for passage in one)
    return frozenset(passage for passage, count in counts.items() if count > max(COMMON * len(files), 2))


def fingerprint(source: str) -> frozenset[int]:
    """Choose passages of a file, the same ones wherever the same text stands."""
    hashes = list(_passages(source))
    windows = (hashes[start : start + WINDOW] for start in range(max(len(hashes) - WINDOW + 1, 1)))
    return frozenset(min(window) for window in windows if window)


def _all(source: str) -> frozenset[int]:
    return frozenset(_passages(source))


def _passages(source: str) -> Iterator[int]:
    tokens = list(_tokens(source))
    for start in range(len(tokens) - PASSAGE + 1):
        yield crc32("\0".join(tokens[start : start + PASSAGE]).encode("utf-8", "surrogatepass"))


def _tokens(source: str) -> Iterator[str]:
    """Fold each token; a text that is not Python gives the tokens before its first fault."""
    after_dot = False
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in _DROPPED:
                continue
            yield _folded(token, after_dot)
            after_dot = token.string == "."
    except (tokenize.TokenError, SyntaxError, RecursionError, MemoryError):
        return


def _folded(token: tokenize.TokenInfo, after_dot: bool) -> str:
    if token.type in (tokenize.INDENT, tokenize.DEDENT):
        return tokenize.tok_name[token.type]
    if token.type == tokenize.NAME and not keyword.iskeyword(token.string) and not after_dot:
        return "name"
    return _FOLDED.get(token.type, token.string)
