"""Hints that files are alike: what counts, and what must never count."""

import pytest

from cli_fakes import FIXTURE
from trainwhy import course
from trainwhy.grading import similar
from trainwhy.grading.submissions import Handed, Submission

COURSE = course.load(FIXTURE)
UPDATE = COURSE.find("no-update")
OWN = '''
def smooth(values, amount):
    """Take a moving average."""
    total, kept = 0.0, []
    for place, value in enumerate(values):
        total = amount * total + (1.0 - amount) * value
        if place % 3 == 2:
            kept.append(total / (1.0 - amount ** (place + 1)))
        else:
            kept.append(max(total, 0.0))
    return {"kept": kept, "last": kept[-1] if kept else None}
'''
RENAMED = OWN.replace("smooth", "gl").replace("total", "s").replace("value", "v").replace("0.0", "0.00").replace(
    '"""Take a moving average."""', "'''Mine!'''\n    # my own work"
)  # fmt: skip
OTHER = """
class Meter:
    def __init__(self):
        self.rows = dict()

    def add(self, *, name, loss):
        self.rows.setdefault(name, []).append(float(loss))
        while len(self.rows[name]) > 10:
            del self.rows[name][0]

    def __str__(self):
        return "\\n".join(f"{key}: {sum(row) / len(row)}" for key, row in sorted(self.rows.items()))
"""


def people(*sources):
    return [Submission(f"p{number}", {UPDATE.id: Handed(text, str(number))}) for number, text in enumerate(sources)]


def pairs(*sources):
    return [hint.people for hint in similar.hints(COURSE, people(*sources))]


def test_renamed_copies_are_a_hint_and_other_work_is_none():
    start = UPDATE.starter()
    (hint,) = similar.hints(COURSE, people(start + OWN, start + RENAMED, start + OTHER))
    assert (hint.exercise, hint.people) == (UPDATE.id, ("p0", "p1"))
    assert hint.share >= similar.SHARE


def test_the_starter_and_the_courses_answers_count_for_nothing():
    assert pairs(UPDATE.starter() + "\nx = 1\n", UPDATE.starter() + "\nx = 1\n") == []
    assert pairs(UPDATE.solution(), UPDATE.solution()) == []
    known = UPDATE.alternatives()[0].read_text()
    assert pairs(known + "\n# mine", known) == []


def test_what_many_wrote_is_how_the_exercise_is_written():
    assert pairs(*[UPDATE.starter() + OWN] * 5) == []


def test_a_line_or_two_say_nothing():
    line = "\nloss = tf.reduce_mean(tf.square(model(x, training=True) - y))\n"
    assert pairs(line, line) == []


@pytest.mark.parametrize(
    "text", ["def f(:\n", "'''", "\t x\n y", "(" * 5000, "é" * 100, "", "\x00", "a\\\n" * 100, "$?!"]
)
def test_a_text_that_is_no_python_breaks_nothing(text):
    assert isinstance(similar.fingerprint(text), frozenset)
    assert pairs(text, text, UPDATE.starter() + OWN) == []
