"""Skeletons of an exercise and of a diagnosis: they pass the format checks as they are, and are then rewritten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy import atomic
from trainwhy.authoring import templates
from trainwhy.course.exercise import KINDS
from trainwhy.course.reading import FOLDER, SLUG
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path

_ENTRY = "train_step(model, optimizer, x, y)"
_WORKED = "optimizer.apply_gradients(zip(gradients, model.trainable_variables))"
_CODE = re.compile(r"TW\d{3}")


def new_exercise(folder: Path, slug: str, kind: str) -> Path:
    """Write a new exercise at the end of the chapter `folder`, which is made when it is missing."""
    _check(SLUG.fullmatch(slug), f"`{slug}` is no slug", "lower case words with hyphens, for example `missing-apply`")
    _check(kind in KINDS, f"`{kind}` is no kind of exercise", f"one of {', '.join(KINDS)}")
    _check(FOLDER.fullmatch(folder.name), f"`{folder.name}` is no chapter", "two digits and words: `02_the_step`")
    for path in sorted(folder.parent.glob("*/*/exercise.toml")):
        taken = re.search(rf'^id = "{slug}"', path.read_text(encoding="utf-8"), re.MULTILINE)
        _check(not taken, f"`{slug}` is taken by {path.parent.name}", "choose another one; ids are for ever")
    number = 1 + max([int(path.name[:2]) for path in folder.glob("[0-9][0-9]_*")], default=0)
    exercise = folder / f"{number:02}_{slug.replace('-', '_')}"
    if not (folder / "chapter.toml").exists():
        chapter = templates.CHAPTER.format(title=_title(folder.name[3:]))
        atomic.write_new(folder / "chapter.toml", chapter.encode())
    for name, text in _exercise_files(slug, kind).items():
        atomic.write_new(exercise / name, text.encode())
    return exercise


def new_diagnosis(package_folder: Path, code: str, name: str) -> Path:
    """Write a new diagnosis module into `package_folder`, the folder `diagnoses`."""
    _check(_CODE.fullmatch(code), f"`{code}` is no code of a diagnosis", "TW and three digits, for example `TW101`")
    _check(SLUG.fullmatch(name), f"`{name}` is no name of a diagnosis", "what is wrong: `gradients-never-applied`")
    for module in sorted(package_folder.glob("*.py")):
        taken = f'code="{code}"' in module.read_text(encoding="utf-8")
        _check(not taken, f"{code} is taken by {module.stem}", "choose a free one; codes are for ever")
    path = package_folder / f"{name.replace('-', '_')}.py"
    broken, fixed = templates.DIAGNOSIS_BROKEN, templates.DIAGNOSIS_FIXED
    text = templates.DIAGNOSIS.format(code=code, name=name, broken=broken, fixed=fixed)
    _check(atomic.write_new(path, text.encode()), f"{path.name} is there already", "choose another name")
    return path


def _exercise_files(slug: str, kind: str) -> dict[str, str]:
    return _step_files(slug, kind) if kind in templates.STARTERS else _question_files(slug, kind)


def _step_files(slug: str, kind: str) -> dict[str, str]:
    toml = _toml(slug, kind, _ENTRY, templates.EXPECTS[kind], _WORKED) + templates.PREDICTION
    files = {
        "exercise.toml": toml + (templates.ORDER if kind == "write" else ""),
        "lesson.md": templates.LESSON,
        "task.py": templates.STEP_TASK,
        "starter.py": templates.STEP.format(body=templates.STARTERS[kind]),
        "solution.py": templates.STEP.format(body=templates.SOLUTION),
    }
    for name, body in templates.ALTERNATIVES.items():
        files[f"alternatives/{name}.py"] = templates.STEP.format(body=body)
    for name, (expects, body) in templates.MISTAKES.items():
        files[f"mistakes/{name}.py"] = f"# expects: {expects}\n{templates.STEP.format(body=body)}"
    return files


def _question_files(slug: str, kind: str) -> dict[str, str]:
    answers = {"starter": "?", "solution": "second", "mistakes/first": "first", "mistakes/same": "same"}
    files = {
        "exercise.toml": _toml(slug, kind, "", "unanswered", 'answer = \\"second\\"') + templates.QUESTION,
        "lesson.md": templates.LESSON,
        "task.py": templates.QUESTION_TASK,
    }
    for name, answer in answers.items():
        first = "# expects: wrong:answer\n" if name.startswith("mistakes/") else ""
        files[f"{name}.py"] = first + templates.ANSWER.format(answer=answer)
    return files


def _toml(slug: str, kind: str, entry: str, expects: str, worked: str) -> str:
    title = _title(slug)
    return templates.TOML.format(slug=slug, title=title, kind=kind, entry=entry, expects=expects, worked=worked)


def _title(slug: str) -> str:
    words = re.sub(r"[-_]", " ", slug)
    return words[0].upper() + words[1:]


def _check(right: object, wrong: str, expected: str) -> None:
    if not right:
        raise Usage(wrong, expected)
