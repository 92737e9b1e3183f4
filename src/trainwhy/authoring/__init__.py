"""For authors: the contract of an exercise, proved, and skeletons for exercises and diagnoses."""

from trainwhy.authoring.formats import course_problems, format_problems
from trainwhy.authoring.problems import Problem
from trainwhy.authoring.running import check_exercise, label
from trainwhy.authoring.skeletons import new_diagnosis, new_exercise

__all__ = [
    "Problem",
    "check_exercise",
    "course_problems",
    "format_problems",
    "label",
    "new_diagnosis",
    "new_exercise",
]
