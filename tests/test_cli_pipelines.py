"""`init --ci`: pipelines that are valid, do what they say, and never replace another one unasked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import trainwhy
from cli_fakes import Desk
from trainwhy.cli import app, pipelines
from trainwhy.faces.formats import writers

SCHEMAS = Path(__file__).parent / "fixtures" / "schemas"
PLACES = {"github": ".github/workflows/trainwhy.yml", "gitlab": ".gitlab-ci.yml"}
PUBLIC = {"github": "github-workflow.json", "gitlab": "gitlab-ci.json"}


@pytest.fixture
def desk(tmp_path):
    (tmp_path / ".git").mkdir()
    return Desk(tmp_path)


def written(desk: Desk, name: str, folder: str = "") -> tuple[str, dict[str, Any]]:
    said = desk.run("init", *([folder] if folder else []), "--ci", name)
    assert said.code == 0, said.err
    assert "what remains forgeable" in said.out
    text = (desk.folder / PLACES[name]).read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    if True in loaded:  # YAML 1.1 reads the key `on` as a truth value, which GitHub's own reader does not
        loaded["on"] = loaded.pop(True)
    return text, loaded


def commands(text: str) -> list[list[str]]:
    """Every call of `trainwhy verify` in a pipeline, as words."""
    joined = re.sub(r"\\\n\s*", " ", text)
    joined = re.sub(r"\n\s+--", " --", joined)
    return [line.split("trainwhy verify ", 1)[1].split() for line in joined.splitlines() if "trainwhy verify " in line]


def test_there_is_one_pipeline_for_each_service_and_the_help_names_it(desk) -> None:
    assert pipelines.names() == tuple(PLACES)
    assert "--ci github|gitlab" in desk.run("init", "--help").out


@pytest.mark.parametrize("name", PLACES)
def test_it_is_valid_for_the_public_schema(desk, name) -> None:
    text, loaded = written(desk, name)
    schema = json.loads((SCHEMAS / PUBLIC[name]).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(json.loads(json.dumps(loaded)))
    assert "@" not in re.sub(r"\w@(v\d|COMMIT|GRADERS)|@ git", "", text), "a place is left that was to be filled in"
    assert (desk.folder / "trainwhy-course" / "02_alone").is_dir()


@pytest.mark.parametrize("name", PLACES)
def test_its_command_is_one_that_verify_understands(desk, name) -> None:
    text, _ = written(desk, name)
    (words,) = commands(text.partition("stages:")[2] or text.partition("jobs:\n  check")[2])
    known = {option for one in app.load("verify").params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= known
    formats = [words[at + 1] for at, word in enumerate(words) if word == "--format"]
    outputs = [words[at + 1] for at, word in enumerate(words) if word == "--output"]
    assert len(formats) == len(outputs)
    assert set(formats) <= set(writers())
    assert {"junit", "sarif", "markdown", "json"} <= set(formats)


def test_github_gives_the_learners_job_no_secret_and_nothing_to_write_with(desk) -> None:
    text, loaded = written(desk, "github")
    check, verdict = loaded["jobs"]["check"], loaded["jobs"]["verdict"]
    assert loaded["permissions"] == {}
    assert " --require-sandbox " in text
    assert check["permissions"] == {"contents": "read"}
    assert check["steps"][0]["with"]["persist-credentials"] is False
    assert "secrets." not in text
    assert "pull_request_target" not in text
    assert verdict["needs"] == "check"
    # The one job that may write runs nothing of the learner's: it checks nothing out.
    assert verdict["permissions"]["security-events"] == "write"
    assert not any("checkout" in step.get("uses", "") or "verify" in step.get("run", "") for step in verdict["steps"])
    steps = [step.get("uses", step.get("run", "")) for step in check["steps"]]
    saved = next(at for at, step in enumerate(steps) if step.startswith("actions/cache/save"))
    assert saved < next(at for at, step in enumerate(steps) if "trainwhy verify" in step)
    assert all("${{" not in step.get("run", "") for job in loaded["jobs"].values() for step in job["steps"])


def test_gitlab_hands_no_variable_on_and_reads_the_cache_only(desk) -> None:
    _, loaded = written(desk, "gitlab")
    assert loaded["check"]["cache"]["policy"] == "pull"
    assert loaded["check"]["script"][-1].startswith("env -i ")
    assert loaded["check"]["artifacts"]["reports"]["junit"] == "trainwhy/junit.xml"
    assert loaded["verdict"]["variables"]["GIT_STRATEGY"] == "none"
    assert loaded["verdict"]["cache"] == []


def test_the_verdict_of_gitlab_is_that_of_the_results(desk) -> None:
    _, loaded = written(desk, "gitlab")
    command = re.fullmatch(r'python -c "(.*)"', loaded["verdict"]["script"][-1])
    assert command

    for name in ("pick-one", "no-update", "write-it"):
        desk.file(name).write_text("# SOLVED\n")
    for broken, code in (False, 0), (True, 1):
        if broken:
            desk.file("no-update").write_text("# broken\n")
        assert desk.run("verify", "--format", "sarif", "--output", "trainwhy/results.sarif").code == code
        done = subprocess.run([sys.executable, "-c", command[1]], cwd=desk.folder, check=False, timeout=60)
        assert done.returncode == code


def test_it_names_the_workspace_from_the_top_of_the_repository(desk) -> None:
    _, loaded = written(desk, "github", "deep/my course")
    assert loaded["env"] == {"TRAINWHY": f"trainwhy=={trainwhy.__version__}", "WORKSPACE": "deep/my course"}


def test_a_folder_that_a_pipeline_cannot_name_is_refused_before_anything_is_made(desk) -> None:
    for folder in ("${{ x }}", "a\nb", "../outside"):
        said = desk.run("init", folder, "--ci", "github")
        assert said.code == 2
        assert not (desk.folder / folder).exists()
        assert not (desk.folder / ".github").exists()


def test_another_pipeline_is_never_replaced_unasked_and_its_copy_is_kept(desk) -> None:
    place = desk.folder / PLACES["github"]
    place.parent.mkdir(parents=True)
    place.write_text("mine\n")
    said = desk.run("init", "--ci", "github")
    assert said.code == 2
    assert "--force" in said.err
    assert place.read_text() == "mine\n"
    assert not desk.work.exists()
    for number, before in enumerate(("mine\n", "mine too\n"), 1):
        place.write_text(before)
        said = desk.run("init", "--ci", "github", "--force")
        assert said.code == 0
        assert f"trainwhy.yml.before-{number}" in said.err
        assert place.with_name(f"trainwhy.yml.before-{number}").read_text() == before
    assert desk.run("init", "--ci", "github").code == 0, "the same again is no conflict"
    assert not place.with_name("trainwhy.yml.before-3").exists()


def test_a_link_in_its_place_is_left_alone(desk) -> None:
    place = desk.folder / PLACES["gitlab"]
    (desk.folder / "elsewhere").write_text("precious\n")
    place.symlink_to("elsewhere")
    assert desk.run("init", "--ci", "gitlab", "--force").code == 2
    assert (desk.folder / "elsewhere").read_text() == "precious\n"
    assert place.is_symlink()


def test_an_unknown_service_is_a_usage_error(desk) -> None:
    said = desk.run("init", "--ci", "travis")
    assert said.code == 2
    assert "use github or gitlab" in said.err
    assert not desk.work.exists()


def test_it_installs_what_was_installed(monkeypatch) -> None:
    class Installed:
        def __init__(self, origin: str | None) -> None:
            self.origin = origin

        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return self.origin

    for origin, expected in [
        (None, f"trainwhy=={trainwhy.__version__}"),
        ('{"url": "file:///x", "dir_info": {}}', f"trainwhy=={trainwhy.__version__}"),
        ('{"url": "https://h/t.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}}',
         "trainwhy @ git+https://h/t.git@c0ffee"),
        ("{ not json", f"trainwhy=={trainwhy.__version__}"),
    ]:  # fmt: skip
        monkeypatch.setattr(pipelines.metadata, "distribution", lambda _, origin=origin: Installed(origin))
        assert pipelines.package() == expected
