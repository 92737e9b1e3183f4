"""`trainwhy check` through the real command line: every shape of script, and every kind of bad input."""

import json
import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from importlib.resources import files

import jsonschema
import pytest

from trainwhy.worker import landlock

pytestmark = pytest.mark.tf

FIT = """
    import keras
    import numpy as np

    keras.utils.set_random_seed(0)
    x = np.random.rand(64, 3).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse")
    model.fit(x, y, epochs=3, verbose=0)
    print("the script is done")
"""
STEP = """
    import tensorflow as tf


    def train_step(model, optimizer, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        return loss
"""
LOUD = "for i in range(120_000):\n    print('line', i, 'x' * 20)\n"
LOOP = """
    import sys

    import keras
    import numpy as np
    import tensorflow as tf
    from helper import train_step

    keras.utils.set_random_seed(0)
    x = np.random.rand(96, 3).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
    optimizer = keras.optimizers.SGD(0.05)


    def main(epochs):
        for epoch in range(epochs):
            for start in range(0, 96, 32):
                loss = train_step(model, optimizer, x[start : start + 32], y[start : start + 32])
        print("last", float(loss))


    if __name__ == "__main__":
        main(int(sys.argv[1]))
"""


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def document(self):
        return json.loads(self.out)

    @property
    def result(self):
        return self.document["results"][0]


@pytest.fixture
def check(tmp_path):
    def run(*arguments, name="train.py", source=None, timeout=120):
        if source is not None:
            (tmp_path / name).write_text(textwrap.dedent(source), encoding="utf-8")
        command = [sys.executable, "-m", "trainwhy", "check", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=timeout, check=False,
            stdin=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    return run


# ------------------------------------------------------------------------------------------- what works


def test_a_healthy_script_is_left_in_peace_and_its_prints_pass_through(check):
    said = check("train.py", source=FIT)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("the script is done\n")
    assert "error" not in said.out
    assert "without a sandbox" in " ".join(said.out.split())


AT_EXIT = """
    import atexit

    atexit.register(print, "first in, last out")


    @atexit.register
    def fails():
        raise ValueError("at the very end")
"""


def test_what_a_script_wants_done_at_its_exit_is_done_and_no_file_of_ours_stays(check, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    graph = FIT.replace("model.fit(x, y, epochs=3, verbose=0)", "model.fit(x, y, epochs=3, verbose=0, batch_size=16)")
    said = check("train.py", source=AT_EXIT + graph)
    assert said.code == 0
    assert "ValueError: at the very end" in said.out
    assert "trainwhy" not in said.out[: said.out.index("first in, last out")]
    assert [one for one in temporary.rglob("*") if one.is_file()] == []


def test_json_is_one_valid_document_and_prints_go_to_stderr(check):
    said = check("train.py", "--json", source=FIT)
    schema = json.loads((files("trainwhy.faces") / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(said.document, schema)
    assert said.code == 0
    assert "the script is done" in said.err
    assert (said.result["exercise"], said.result["verdict"], said.result["outcome"]) == (None, "healthy", "finished")
    assert len(said.result["epochs"]) == 3
    assert said.result["findings"] == []


def test_a_cause_in_another_file_is_proven_and_shown_there(check, tmp_path):
    (tmp_path / "helper.py").write_text(textwrap.dedent(STEP), encoding="utf-8")
    formats = ("--format", "sarif", "--output", "s.sarif", "--format", "github", "--output", "g.txt")
    said = check("train.py", "--json", *formats, "--", "3", source=LOOP)
    assert said.code == 1
    finding = said.result["findings"][0]
    assert finding["code"] == "TW101"
    place = json.loads((tmp_path / "s.sarif").read_text())["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("helper.py", 8)
    assert (tmp_path / "g.txt").read_text().startswith("::error file=helper.py,line=8,")
    assert (finding["spans"][0]["path"], finding["spans"][0]["line"]) == ("helper.py", 8)
    assert finding["proof"]["status"] == "proven"
    assert len(finding["proof"]["seeds"]) == 3
    assert finding["chain"][0].startswith("helper.py, line 8")
    assert "no weight moved" in finding["chain"]
    assert "for example" in finding["help"]


def test_fewer_seeds_and_no_proof(check, tmp_path):
    (tmp_path / "helper.py").write_text(textwrap.dedent(STEP), encoding="utf-8")
    one = check("train.py", "--json", "--seeds", "1", "--", "2", source=LOOP)
    assert one.result["findings"][0]["proof"]["seeds"] == [0]
    none = check("train.py", "--json", "--no-proof", "--", "2")
    assert none.result["findings"][0]["proof"]["status"] == "not_run"


def test_one_function_with_input_made_for_it(check):
    asked = ("--function", "train_step", "--shape", "x=16x4", "--no-proof", "--json")
    said = check("steps.py", *asked, name="steps.py", source=STEP)
    assert said.result["findings"][0]["code"] == "TW101"
    missing = check("steps.py", "--function", "step")
    assert (missing.code, missing.out) == (2, "")
    assert "`train_step`" in missing.err


def test_limits_end_the_script_cleanly_and_are_said(check):
    long = FIT.replace("epochs=3", "epochs=100000")
    said = check("train.py", "--steps", "20", "--json", source=long)
    assert (said.code, said.result["outcome"]) == (0, "finished")
    assert any("after the steps that were asked for" in note for note in said.result["notes"])
    assert "the script is done" not in said.err
    epochs = check("train.py", "--epochs", "2", "--json")
    assert len(epochs.result["epochs"]) == 2


# ------------------------------------------------------------------------------------------- what does not


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.py", None, "there is no file"),
        ("folder.py", "", "is a directory"),
        ("binary.py", b"\x00\x01\xff\xfe\x00", "is not Python text"),
    ],
)
def test_what_is_no_script_is_a_usage_error(check, tmp_path, name, content, words):
    if content == "":
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_bytes(content)
    said = check(name)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_a_syntax_error_is_shown_where_it_is(check):
    said = check("train.py", source="def f(:\n    pass\n")
    assert said.code == 3
    assert "train.py:1" in said.out
    assert "Traceback" not in said.out + said.err


def test_a_script_that_trains_nothing_says_so(check):
    said = check("train.py", source="print('hello')\n")
    assert said.code == 5
    assert "no training was seen" in " ".join(said.out.split())


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("name = input('who? ')\n", 3, "EOFError"),
        ("raise SystemExit(4)\n", 3, "exit code 4"),
        ("import argparse\np = argparse.ArgumentParser()\np.add_argument('x')\np.parse_args()\n", 3, "behind `--`"),
        ("1 / 0\n", 3, "ZeroDivisionError"),
        ("import os\nos._exit(70)\n", 3, "ended the process before the run was over"),
        (
            "class E(Exception):\n    def __getattribute__(s, n):\n        raise ValueError\nraise E\n",
            3,
            "<unprintable E>",
        ),
        ("import sys\nsys.exit(type('C', (), {'__eq__': None, '__str__': None})())\n", 3, "<unprintable SystemExit>"),
        ("import tensorflow as tf\ntf.compat.v1.disable_eager_execution()\n", 3, "turns eager execution off"),
    ],
)
def test_a_script_that_stops_is_shown_its_own_line(check, source, code, words):
    said = check("train.py", source=source)
    assert said.code == code
    assert words in " ".join(said.out.split())
    assert "Traceback" not in said.out + said.err


def test_a_script_that_runs_for_ever_is_ended(check):
    said = check("train.py", "--seconds", "1", source="while True:\n    pass\n")
    assert said.code == 4
    assert "without a training step" in " ".join(said.out.split())


def test_forks_threads_a_new_directory_and_a_deleted_file(check, tmp_path):
    wild = """
    import os
    import threading
    import time

    child = os.fork()
    if child == 0:
        print("from the child")
        os._exit(0)
    os.waitpid(child, 0)
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    os.remove(__file__)
    os.chdir("/")
    """
    said = check("train.py", source=textwrap.dedent(wild) + textwrap.dedent(FIT))
    assert said.code == 0
    assert "from the child" in said.out
    assert "the script is done" in said.out


def test_megabytes_of_print_pass_through_whole(check):
    said = check("train.py", source=LOUD + textwrap.dedent(FIT))
    assert said.code == 0
    assert said.out.count("x" * 20) == 120_000


def test_the_script_sees_its_own_folder_arguments_and_environment(check, tmp_path):
    (tmp_path / "below").mkdir()
    source = "import os, sys\nprint(os.getcwd(), sys.argv[1:], os.environ.get('COLUMNS'), __name__)\n"
    (tmp_path / "below" / "train.py").write_text(source, encoding="utf-8")
    said = check("below/train.py", "--", "--rate", "0.1")
    assert said.out.startswith(f"{tmp_path / 'below'} ['--rate', '0.1'] 80 __main__\n")


def test_in_a_sandbox_a_script_writes_in_a_copy_of_its_folder_only(check, tmp_path):
    outside = tmp_path / "outside.txt"
    write = f"""
    from pathlib import Path

    Path("beside.txt").write_text("x")
    print("made", Path("beside.txt").exists(), Path("train.py").exists())
    Path({str(outside)!r}).write_text("x")
"""
    said = check("train.py", "--sandbox", source=FIT + write)
    words = " ".join(said.out.split())
    assert not (tmp_path / "beside.txt").exists()
    assert "made True True" in words
    assert "in a copy of its folder" in words
    if landlock.version():
        assert [path.name for path in tmp_path.iterdir()] == ["train.py"]
        assert "PermissionError" in words
        assert "its own working directory only" in words
        assert said.code == 3
    else:
        assert "no sandbox on this system" in words


def test_a_script_may_configure_devices_and_threads_and_mirror_its_model(check):
    mirrored = """
    import numpy as np
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    two = [tf.config.LogicalDeviceConfiguration(), tf.config.LogicalDeviceConfiguration()]
    tf.config.set_logical_device_configuration(tf.config.list_physical_devices("CPU")[0], two)
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    x = np.random.default_rng(0).random((128, 4)).astype("float32")
    y = x.sum(axis=1, keepdims=True)
    with strategy.scope():
        model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
        model.compile(tf.keras.optimizers.SGD(0.05), "mse")
    model.fit(x, y, epochs=3, batch_size=32, verbose=0)
    """
    said = check("train.py", "--json", source=mirrored)
    assert (said.code, said.result["outcome"], len(said.result["epochs"])) == (0, "finished", 3)
