"""From hand-ins and reports to jobs and rows."""

from dataclasses import replace

from cli_fakes import FINDING, FIXTURE
from trainwhy import course
from trainwhy.grading import marks
from trainwhy.grading.submissions import Handed, Submission
from trainwhy.results import Answer, Failure, Goal, Proof, Report, Span, Versions

COURSE = course.load(FIXTURE)
PICK, UPDATE, WRITE = COURSE.exercises


def handed(source, sha256=""):
    return Handed(source, sha256 or f"sha of {source}")


def report(**changed):
    return replace(Report("f", UPDATE.id, "finished", "unsolved", 1.23456, versions=Versions("0", "2", "3")), **changed)


def row(**changed):
    one = Submission("ann", {UPDATE.id: handed("x")})
    return marks.rows(COURSE, [one], {(UPDATE.id, "sha of x"): report(**changed)})[1]


def test_each_file_is_one_job_however_many_handed_it_in():
    people = [
        Submission("ann", {PICK.id: handed("a"), UPDATE.id: handed("b")}),
        Submission("bob", {PICK.id: handed("a"), UPDATE.id: handed("a")}),
    ]
    assert [job.key for job in marks.jobs(COURSE, people)] == [
        (PICK.id, "sha of a"),
        (UPDATE.id, "sha of b"),
        (UPDATE.id, "sha of a"),
    ]


def test_identical_files_share_a_result_and_say_how_many_they_are():
    people = [Submission(name, {PICK.id: handed("a")}) for name in ("ann", "bob", "cem")]
    rows = marks.rows(COURSE, people, {(PICK.id, "sha of a"): report(verdict="solved")})
    assert [(one.person, one.verdict, one.files_alike) for one in rows if one.exercise == PICK.id] == [
        ("ann", "solved", 3),
        ("bob", "solved", 3),
        ("cem", "solved", 3),
    ]


def test_what_needs_no_run_is_no_job():
    starter = UPDATE.starter().replace("\n", "\r\n") + "\r\n\r\n"
    one = Submission("ann", {PICK.id: Handed(problem="a link"), UPDATE.id: handed(starter)})
    assert marks.jobs(COURSE, [one, Submission("bob", problem="broken")]) == []
    rows = marks.rows(COURSE, [one, Submission("bob", problem="broken")], {})
    assert [(row.person, row.exercise, row.verdict, row.message) for row in rows] == [
        ("ann", PICK.id, "unreadable", "a link"),
        ("ann", UPDATE.id, "not_started", ""),
        ("ann", WRITE.id, "missing", ""),
        ("bob", "", "unreadable", "broken"),
    ]


def test_a_finding_says_code_name_line_and_proof():
    span = Span(7, 1, 7, 5, "here")
    found = replace(FINDING, spans=(replace(span, primary=False, line=3), span), proof=Proof("proven"))
    made = row(findings=(replace(FINDING, level="warning", code="TW999"), found))
    assert (made.code, made.name, made.line, made.proof) == ("TW101", "gradients-never-applied", 7, "proven")
    assert made.message == "the gradients are computed and thrown away"
    assert (made.seconds, made.tensorflow, made.keras) == (1.235, "2", "3")


def test_exceptions_goals_and_answers_say_what_is_wrong():
    made = row(verdict=None, outcome="raised", error=Failure("ValueError", "a\n  b" + "c" * 999, line=4))
    assert (made.verdict, made.outcome, made.name, made.line) == ("unsolved", "raised", "ValueError", 4)
    assert made.message.startswith("a bccc")
    assert len(made.message) == marks.MESSAGE
    goals = (Goal("met", 1.0, 1.0, "<=", met=True), Goal("r2", 0.1, 0.9, ">=", met=False, words="too low"))
    assert (row(goals=goals).name, row(goals=goals).message) == ("goal:r2", "too low")
    answers = (Answer("first", "?", "a", True, "a", ""), Answer("second", "?", "b", False, "a", ""))
    assert row(answers=answers).name == "answer:second"


def test_a_solved_file_has_no_cause_and_a_fault_of_ours_no_verdict():
    assert row(verdict="solved", findings=(FINDING,)).code == ""
    ours = row(verdict=None, outcome="internal", error=Failure("KeyError", "x"))
    assert (ours.verdict, ours.outcome) == ("not_judged", "internal")
    assert marks.rows(COURSE, [Submission("ann", {UPDATE.id: handed("x")})], {})[1].verdict == "not_judged"


def test_what_no_row_shows_is_not_kept():
    full = report(source="s", output="o" * 9999, texts={"a": "b"})
    assert marks.trimmed(full) == report()
