"""Which call measures a model, and what the script calls the data that arrives there."""

import linecache

import pytest

from trainwhy.lab.scripts import sites
from trainwhy.lab.scripts.files import Files

HELPER = """
def test(inputs, labels):
    return model(inputs)


"""
BATCHES = """
for x, y in train_ds:
    step(x)
for x, y in {name}:
    model(x)
"""


def called(tmp_path, text):
    """Run a script whose `model` tells its site each time it is called."""
    path = str(tmp_path / "script.py")
    (tmp_path / "script.py").write_text(text, encoding="utf-8")
    linecache.checkcache(path)
    files, found = Files(path, text), []
    rows = [([0.0], [1.0]), ([2.0], [3.0])]
    names = {
        "model": lambda *_, **__: found.append(sites.site(files, None)),
        "step": lambda *_: None,
        **dict.fromkeys(("x_train", "x_test", "x_rest", "rows", "y", "train_ds", "test_ds", "held_out"), rows),
    }
    exec(compile(text, path, "exec"), names)  # noqa: S102 - the script of the test
    return found


def said(tmp_path, text):
    return [(site.named, site.training) for site in called(tmp_path, text)]


VALIDATION, TRAINING, NOTHING = (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model(x_test)", VALIDATION),
        ("model(x_train)", TRAINING),
        ("model(rows)", NOTHING),
        ("model(rows, x_train)", TRAINING),
        ("some = x_test[:1]\nmodel(some)", VALIDATION),
        ("both = x_train + x_test\nmodel(both)", TRAINING),
        (BATCHES.format(name="test_ds"), VALIDATION),
        (BATCHES.format(name="held_out"), VALIDATION),
        ("[model(x) for x in test_ds if x]\n[step(x) for x in train_ds]", VALIDATION),
        (f"{HELPER}test(x_train, y)", TRAINING),
        (f"{HELPER}test(x_rest, y)", NOTHING),
        (f"{HELPER}test(labels=y, inputs=x_test)", VALIDATION),
    ],
)
def test_the_names_of_the_data_count(tmp_path, text, expected):
    assert set(said(tmp_path, text)) == {expected}


def test_two_calls_of_one_helper_are_two_sites(tmp_path):
    one, two = called(tmp_path, f"{HELPER}test(x_train, y), test(x_rest, y)")
    assert one.key != two.key
    assert one.hinted
    assert two.hinted


def test_one_call_in_a_loop_is_one_site(tmp_path):
    assert len({site.key for site in called(tmp_path, "for x in test_ds:\n    model(x)")}) == 1
