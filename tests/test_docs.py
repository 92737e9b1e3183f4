"""What is generated is current, and going stale is noticed."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from trainwhy import catalogue
from trainwhy.authoring import stale_pages, write_pages
from trainwhy.authoring.pages import pages

ROOT = Path(__file__).parents[1]


def _docs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "scripts" / "docs"), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("docs/diagnoses", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "README.md", tmp_path)
    return tmp_path


def test_pages_and_readme_are_current() -> None:
    ran = _docs(ROOT, "--check")
    assert (ran.returncode, ran.stdout) == (0, "")


def test_what_went_stale_is_named_and_written_anew(checkout: Path) -> None:
    readme, page = checkout / "README.md", checkout / "docs/diagnoses/TW101-gradients-never-applied.md"
    kept = readme.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    readme.write_text(kept[0].replace("--version ", "--variant ", 1), encoding="utf-8")
    page.write_text("old", encoding="utf-8")
    ran = _docs(checkout, "--check")
    assert ran.returncode == 1
    assert "TW101-gradients-never-applied.md: is not what its diagnosis says" in ran.stdout
    assert "README.md: its help block is not what" in ran.stdout
    assert page.read_text(encoding="utf-8") == "old", "a check writes nothing"
    assert _docs(checkout).returncode == 0
    assert (readme.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")) == kept


def test_every_diagnosis_has_its_page_and_no_page_is_left_over(tmp_path: Path) -> None:
    written = write_pages(tmp_path)
    assert len(written) == len(catalogue.entries()) + 1
    assert stale_pages(tmp_path) == []
    (tmp_path / "TW999-gone.md").write_text("left over")
    (tmp_path / "README.md").unlink()
    said = {(problem.path.name, problem.message) for problem in stale_pages(tmp_path)}
    assert said == {("TW999-gone.md", "belongs to no diagnosis"), ("README.md", "is missing")}
    write_pages(tmp_path)
    assert stale_pages(tmp_path) == []


def test_a_page_holds_the_whole_docstring_and_both_examples() -> None:
    for name, text in pages().items():
        if name == "README.md":
            continue
        entry = catalogue.find(name[:5])
        assert entry is not None
        for heading in ("What happens", "Why it hurts", "How it shows", "Fix", "Known limits", "References"):
            assert f"\n## {heading}\n\n" in text
        words = [word for word in entry.page.split() if word not in text.split()]
        assert words == []
        for source in (entry.broken, entry.fixed):
            ast.parse(source)
            assert source.strip() in text


def test_links_between_pages_lead_somewhere() -> None:
    known = pages()
    for entry in catalogue.entries():
        assert f"]({entry.code}-{entry.diagnosis.name}.md)" in known["README.md"]
        assert f"{entry.code}-{entry.diagnosis.name}.md" in known
