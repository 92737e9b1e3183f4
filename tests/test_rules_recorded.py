"""The rules on recorded runs of real scripts: a broken one yields exactly its code, a correct one nothing."""

from __future__ import annotations

import gzip

import pytest

import watched
from trainwhy import catalogue, chains
from watched import Watched

MEGABYTES = 6

every = pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in watched.everything()])


@every
def test_a_recorded_run_yields_its_code_first_and_accuses_nothing_else(one: Watched) -> None:
    found = catalogue.matching(one.read())
    assert [entry.code for entry, _ in found][:1] == [one.code] * bool(one.code)
    assert {entry.code for entry, match in found if catalogue.finding(entry, match).level == "error"} <= {one.code}


def test_the_recordings_are_those_of_the_list_small_and_of_no_machine() -> None:
    every = list(watched.everything())
    assert {path.name for path in watched.FOLDER.iterdir()} == {one.path.name for one in every}
    assert sum(one.path.stat().st_size for one in every) < MEGABYTES * 1e6
    for one in every:
        text = gzip.decompress(one.path.read_bytes()).decode()
        assert not any(word in text for word in ("/tmp/", "/home/", "/root/", "site-packages")), one.name  # noqa: S108


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in watched.everything() if one.code])
def test_each_link_of_a_chain_is_a_fact_of_its_own(one: Watched) -> None:
    run = one.read()
    for entry, match in catalogue.matching(run):
        links = chains.chain(run, catalogue.finding(entry, match))
        assert len(set(links)) == len(links)
        assert all(link and not link.endswith(".") for link in links)
