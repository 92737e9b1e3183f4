"""For authors: the contract of an exercise, proved; skeletons; and the pages of the diagnoses."""

from trainwhy.authoring.formats import course_problems, format_problems
from trainwhy.authoring.pages import stale_pages, write_pages
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
    "stale_pages",
    "write_pages",
]
