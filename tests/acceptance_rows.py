# ruff: noqa: E501 - a hostile program is one row of the table
"""The acceptance table: what a file does, and the exact outcome. One row is one file for the real command line."""

from __future__ import annotations

from dataclasses import dataclass

STEP = "02_the_step/01_missing_apply.py"  # the model has weights of shapes (3, 8), (8,), (8, 1), (1,)
FIT = "01_what_training_does/04_house_price.py"
FUNCTION = "01_what_training_does/06_log_dict.py"
SLOW = "02_the_step/05_uphill.py"  # its deadline is shortened to this many seconds
DEADLINE = 3.0

GOOD = """
import tensorflow as tf

def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""
NEVER = "import tensorflow as tf\n\ndef train_step(model, optimizer, x, y):\n    return tf.reduce_mean(tf.square(y - model(x)))\n"
# Weights that solve the task as it is shown: 2a - 1.5b + c + 0.5 as the difference of two units.
STORED = """
import numpy as np
SLOPES = np.array([2.0, -1.5, 1.0])
KERNEL = np.stack([SLOPES, -SLOPES] + [0 * SLOPES] * 6, axis=1)
STORED = [KERNEL, np.array([0.5, -0.5] + [0] * 6), np.array([[1], [-1]] + [[0]] * 6), np.zeros(1)]

def train_step(model, optimizer, x, y):
    model.set_weights([w.astype("float32") for w in STORED])
    return 0.0
"""
# A file that says by itself what the worker would say, and trains nothing. It knows trainwhy's source.
CLEAN = """
import gc, os, sys
from trainwhy import wire
from trainwhy.results import *
emits = [o for o in gc.get_objects() if getattr(o, "__qualname__", "") == "run_here.<locals>.emit"]
rows = tuple(Epoch(i + 1, 1.0 / (i + 1), {}, 4, 4) for i in range(5))
def say(**more):
    for seed in (0, 0):
        emits[0](Observed(Run(seed, start_loss=2.0, epochs=rows, steps=40, **more)))
        emits[0](Measured(goals=(Goal("held-out-loss", 0.0, 1.0, "<=", met=True),)))
"""
# What a run leaves, found by its place in the harness's frames; {act} puts something else there.
ARTIFACT = (
    GOOD
    + """
import os, sys, numpy as np
from trainwhy.lab import training
def instead(model, path):
    {act}
training.save_weights = instead
"""
)


@dataclass(frozen=True)
class Row:
    """One row. `words` must be in what is said about the file; `confined` replaces what a sandbox changes."""

    number: int
    name: str
    source: str
    outcome: str
    verdict: str | None
    words: tuple[str, ...] = ()
    error: str = ""
    place: str = STEP
    confined: tuple[str, str | None, str] | None = None  # outcome, verdict and error under a sandbox

    @property
    def folder(self) -> str:
        return f"{self.number:02} {self.name}"


def raised(number: int, name: str, source: str, error: str, *words: str, **more: object) -> Row:
    return Row(number, name, source, "raised", None, words, error, **more)  # type: ignore[arg-type]


def unsolved(number: int, name: str, source: str, *words: str, **more: object) -> Row:
    return Row(number, name, source, "finished", "unsolved", words, **more)  # type: ignore[arg-type]


def solved(number: int, name: str, source: str, *words: str, **more: object) -> Row:
    return Row(number, name, source, "finished", "solved", words, **more)  # type: ignore[arg-type]


def ended(number: int, name: str, source: str, outcome: str, error: str, *words: str, **more: object) -> Row:
    place = SLOW if outcome == "timed_out" else STEP
    return Row(number, name, source, outcome, None, words, error, place, **more)  # type: ignore[arg-type]


def left(act: str) -> str:
    return ARTIFACT.format(act=act)


FLOAT = "np.savez(path, **{f'w{i}': w.astype('%s') for i, w in enumerate(model.get_weights())})"
ROWS = (
    solved(1, "correct", GOOD),
    unsolved(2, "never trained", NEVER, "held-out-loss", "or less was expected"),
    raised(3, "syntax", "def train_step(:\n    pass\n", "SyntaxError", ":1:"),
    raised(
        4, "missing import", "x = 1\nimport nothing_of_the_kind\n", "ModuleNotFoundError", ":2", "nothing_of_the_kind"
    ),
    unsolved(
        5,
        "missing function",
        "def trian_step():\n    pass\n",
        "no function `train_step`",
        "`trian_step`",
        error="MissingFunction",
    ),
    unsolved(6, "returns nothing", GOOD.replace("    return loss\n", ""), "returned `None`", error="NothingReturned"),
    unsolved(
        6,
        "returns a word for a model",
        "def train(x, y):\n    return 'done'\n",
        "returned a `str`",
        "model was expected",
        error="WrongReturn",
        place=FIT,
    ),
    unsolved(
        7,
        "another architecture",
        "import keras\ndef train(x, y):\n    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1)])\n    model.compile('adam', 'mse')\n    model.fit(x, y, epochs=5, verbose=0)\n    return model\n",
        "shapes (3, 4), (4,), (4, 1), (1,); expected (3, 1), (1,)",
        place=FIT,
    ),
    unsolved(
        8,
        "NaN",
        left("np.savez(path, **{f'w{i}': w * np.nan for i, w in enumerate(model.get_weights())})"),
        "hold NaN",
        "kernel`",
    ),
    unsolved(
        8,
        "infinite",
        left(
            "np.savez(path, **{f'w{i}': np.full_like(w, np.inf) if i == 1 else w for i, w in enumerate(model.get_weights())})"
        ),
        "hold infinity",
        "bias`",
    ),
    unsolved(9, "float64", left(FLOAT % "float64"), "are float64; expected float32"),
    unsolved(9, "float16", left(FLOAT % "float16"), "are float16; expected float32"),
    unsolved(10, "empty", "", "no function at all", error="MissingFunction"),
    unsolved(10, "only comments", "# nothing\n", "no function at all", error="MissingFunction"),
    ended(11, "loop at import", "x = 1\nwhile True:\n    x += 1\n", "timed_out", "TimedOut", "longer than 3 s", ":"),
    ended(
        12,
        "loop that swallows",
        "while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass\n",
        "timed_out",
        "TimedOut",
    ),
    ended(13, "holds the GIL", "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')\n", "timed_out", "TimedOut", ":2"),
    ended(
        14,
        "ignores signals",
        "import signal, time\nfor s in (2, 15, 1, 14, 10):\n    signal.signal(s, signal.SIG_IGN)\ntime.sleep(60)\n",
        "timed_out",
        "TimedOut",
    ),
    raised(15, "input", "input()\n", "EOFError", "no keyboard input"),
    ended(16, "endless printing", "while True:\n    print('x' * 1000)\n", "flooded", "Flooded", "32 MiB"),
    ended(
        17,
        "one long line",
        "import sys\nfor _ in range(2000):\n    sys.stdout.write('x' * 100000)\n",
        "flooded",
        "Flooded",
    ),
    ended(18, "memory bomb", "x = []\nwhile True:\n    x.append(bytearray(10**8))\n", "out_of_memory", "MemoryError"),
    ended(
        19,
        "TensorFlow memory bomb",
        "import tensorflow as tf\nx = []\nwhile True:\n    x.append(tf.ones((40_000, 40_000)))\n",
        "out_of_memory",
        "ResourceExhaustedError",
    ),
    ended(
        20,
        "fork bomb",
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n",
        "timed_out",
        "TimedOut",
    ),
    ended(22, "os._exit", "import os\nos._exit(0)\n", "no_evidence", "NoEvidence"),
    ended(
        22,
        "os._exit in the step",
        GOOD.replace("    return", "    import os\n    os._exit(0)\n    return"),
        "no_evidence",
        "NoEvidence",
    ),
    ended(22, "os._exit with 1", "import os\nos._exit(1)\n", "no_evidence", "NoEvidence"),
    ended(
        22,
        "os._exit as trainwhy's own fault",
        CLEAN + "emits[0](Ended('internal', 0.0, Failure('KeyError', 'ours')))\nos._exit(70)\n",
        "no_evidence",
        "NoEvidence",
    ),
    raised(23, "sys.exit", "import sys\nsys.exit(0)\n", "SystemExit"),
    raised(
        23,
        "sys.exit in the step",
        "import sys\ndef train_step(model, optimizer, x, y):\n    sys.exit(0)\n",
        "SystemExit",
        ":3",
    ),
    raised(25, "own BaseException", "class Odd(BaseException):\n    pass\nraise Odd\n", "Odd"),
    raised(
        26,
        "unprintable",
        "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd\n",
        "Odd",
        "<unprintable Odd>",
    ),
    raised(
        26,
        "defeats whoever reads it",
        "class Odd(SyntaxError):\n    def __getattribute__(self, name):\n        raise ValueError(name)\nraise Odd\n",
        "Odd",
        "<unprintable Odd>",
        ":4:",
    ),
    raised(
        26,
        "a class without a name",
        "class Kind(type):\n    __name__ = property(lambda self: 1 / 0)\nclass Odd(Exception, metaclass=Kind):\n    pass\nraise Odd\n",
        "Odd",
        ":5:",
    ),
    raised(
        26,
        "raises inside its graph",
        GOOD.replace("def train", "@tf.function\ndef train").replace(
            "    return", "    tf.debugging.assert_less(loss, 0.0)\n    return"
        ),
        "InvalidArgumentError",
        "assertion failed",
    ),
    raised(26, "a line below none", "raise SyntaxError('odd', (__file__, -5, 10**400, ''))\n", "SyntaxError", ":None:"),
    ended(
        28,
        "C recursion",
        "import ctypes\nf = ctypes.CFUNCTYPE(None)(lambda: f())\nimport sys\nsys.setrecursionlimit(10**9)\nf()\n",
        "crashed",
        "SIGSEGV",
        "recursion",
        "native code",
    ),
    ended(29, "null", "import ctypes\nctypes.string_at(0)\n", "crashed", "SIGSEGV"),
    ended(30, "abort", "import os\nos.write(2, b'a last word\\n')\nos.abort()\n", "crashed", "SIGABRT", "a last word"),
    ended(
        31,
        "kills its parent",
        "import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(60)\n",
        "internal",
        "NoKeeper",
        confined=("raised", None, "PermissionError"),
    ),
    ended(32, "kills its group", "import os\nos.killpg(0, 9)\n", "crashed", "SIGKILL", "killed its own group"),
    ended(34, "closes everything", "import os\nos.closerange(0, 4096)\n" + GOOD, "no_evidence", "NoEvidence"),
    solved(34, "closes its streams", "import os\nos.close(1)\nos.close(2)\n" + GOOD),
    solved(
        35, "deletes itself", "import os, shutil\nshutil.rmtree(os.path.dirname(os.path.abspath(__file__)))\n" + GOOD
    ),
    solved(36, "daemon child", "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(300)\n" + GOOD),
    solved(
        37,
        "lingering thread",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(300,)).start()\n" + GOOD,
    ),
    solved(39, "changes directory", "import os\nos.chdir('/')\n" + GOOD),
    raised(
        40,
        "large file",
        "f = open('big', 'wb')\nfor _ in range(3000):\n    f.write(b'x' * 10**6)\n",
        "OSError",
        "File too large",
    ),
    ended(
        41,
        "many files",
        "import time\nfor i in range(40):\n    with open(f'big{i}', 'wb') as f:\n        f.write(b'x' * (60 << 20))\n    time.sleep(0.1)\n",
        "flooded",
        "Flooded",
        "256 MiB of files",
    ),
    solved(42, "not UTF-8 out", "import os\nos.write(1, b'caf\\xe9\\n')\n" + GOOD),
    unsolved(
        43,
        "escapes",
        r"print('\x1b[2J\x1b]0;title\x07\x1b]52;c;Zm9v\x07[bold green]PASSED[/] [/foo] \u202egnp')" + "\n" + NEVER,
    ),
    ended(
        44,
        "forged verdict",
        'import os\nfor fd in range(1, 120):\n    try:\n        os.write(fd, b\'{"v":1,"event":"Ended","outcome":"finished","seconds":0}\\nsolved 1\\n\')\n    except OSError:\n        pass\nos._exit(0)\n',
        "no_evidence",
        "NoEvidence",
    ),
    unsolved(44, "forged run", CLEAN + "say()\nos._exit(0)\n", "left no weights"),
    unsolved(
        44,
        "forged run without weights",
        CLEAN + "from trainwhy.lab import jobs, training\ntraining.save_weights = lambda *a: None\n" + GOOD,
        "left no weights",
    ),
    unsolved(
        44,
        "a training called a function",
        CLEAN + "from trainwhy.lab import observing\nsay(loop='function')\nemits[0](Answered(('[]', '[]')))\n" + NEVER,
    ),
    unsolved(
        46,
        "forged at exit",
        'import atexit\natexit.register(print, \'{"verdict": "solved"}\')\n' + NEVER,
        "held-out-loss",
    ),
    unsolved(
        48,
        "patches the harness",
        "from trainwhy.lab import training, verifier, artifacts, variants\nfrom trainwhy import judging, check\nverifier._progress = verifier._goals = lambda *a, **k: []\njudging.all_met = lambda g: True\n"
        + NEVER,
        "held-out-loss",
    ),
    unsolved(
        48,
        "hides its mistake",
        "from trainwhy.lab import observing\nfrom trainwhy.results import Run\nreal = observing.finish\nobserving.finish = lambda s, r, **k: Run(seed=s.request.seed, start_loss=2.0)\n"
        + NEVER,
        "rows the model never saw",
    ),
    ended(
        48,
        "patches Python",
        "import builtins\nbuiltins.len = builtins.isinstance = None\n" + GOOD,
        "no_evidence",
        "NoEvidence",
    ),
    ended(
        48,
        "patches Keras",
        "import keras\nkeras.Model.__call__ = keras.Model.get_weights = lambda *a, **k: 1 / 0\n" + GOOD,
        "no_evidence",
        "NoEvidence",
        "in its process",
        "ZeroDivisionError",
    ),
    raised(
        49,
        "looks for labels",
        "import gc, sys\nfrom trainwhy.lab.task import Data\nfound = [d for d in gc.get_objects() if type(d) is Data and len(d.y_test)]\nif not found:\n    raise LookupError('no labels here')\n",
        "LookupError",
        "no labels here",
    ),
    ended(
        50,
        "edits the checks",
        "import pathlib\ntry:\n    (pathlib.Path('{course}') / 'solution.py').write_text('')\nexcept OSError as error:\n    print('refused', error)\n"
        + NEVER,
        "internal",
        "ChecksModified",
        "the checks were modified",
        confined=("finished", "unsolved", ""),
    ),
    unsolved(
        51,
        "edits progress",
        "import pathlib\ntry:\n    pathlib.Path('{work}/.trainwhy/progress.json').write_text('{}')\nexcept OSError as error:\n    print('refused', error)\n"
        + NEVER,
        "held-out-loss",
    ),
    unsolved(
        52,
        "opens its parent",
        "import os\ntry:\n    os.open(f'/proc/{os.getppid()}/mem', os.O_RDWR)\nexcept OSError as error:\n    print('refused', error)\n"
        + NEVER,
        "held-out-loss",
    ),
    unsolved(
        53,
        "network",
        "import socket\nfor kind in (1, 2):\n    try:\n        s = socket.socket(socket.AF_INET, kind)\n        s.settimeout(1)\n        s.connect(('127.0.0.1', 9))\n        s.send(b'secret')\n    except OSError as error:\n        print('refused', error)\n"
        + NEVER,
        "held-out-loss",
    ),
    unsolved(55, "stored weights", STORED),
    unsolved(
        55,
        "stored weights after an honest step",
        GOOD.replace("def train_step", "def honest")
        + STORED.replace("return 0.0", "return loss").replace(
            "    model.set", "    loss = honest(model, optimizer, x, y)\n    model.set"
        ),
    ),
    unsolved(56, "a link", left("os.symlink('/dev/zero', path)"), "are a symbolic link"),
    unsolved(56, "a pipe", left("os.mkfifo(path)"), "are a named pipe"),
    unsolved(56, "a folder", left("os.mkdir(path)"), "are a folder"),
    unsolved(
        56,
        "objects",
        left("np.savez(path, **{f'w{i}': np.array([print], dtype=object) for i in range(4)})"),
        "Python objects",
    ),
    unsolved(
        56,
        "ten billion rows",
        left(
            "import zipfile, struct; h = b\"{'descr': '<f4', 'fortran_order': False, 'shape': (10000000000000,), }\\n\"; z = zipfile.ZipFile(path, 'w'); [z.writestr(f'w{i}.npy', b'\\x93NUMPY\\x01\\0' + struct.pack('<H', len(h)) + h) for i in range(4)]; z.close()"
        ),
        "shapes (10000000000000,)",
    ),
    unsolved(
        56,
        "a bomb",
        left(
            "import zipfile; z = zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED); [z.writestr(f'w{i}.npy', bytes(50 << 20)) for i in range(4)]; z.close()"
        ),
        "compressed",
    ),
    raised(60, "nested too deeply", "x = " + "+".join(["1"] * 100_000) + "\n", "RecursionError", "too deeply nested"),
    raised(60, "a null byte", "x = 1\n\0\n", "SyntaxError", "null byte"),
    raised(
        64,
        "another trainwhy",
        "import subprocess, sys\ndone = subprocess.run([sys.executable, '-m', 'trainwhy', 'list'], capture_output=True, text=True)\nif done.returncode:\n    raise RuntimeError(done.stderr)\n",
        "RuntimeError",
        "trainwhy does not run inside a file that it checks",
    ),
    unsolved(
        65,
        "a TensorFlow of its own",
        "import keras, numpy as np\nkeras.losses.MeanSquaredError.__call__ = keras.Model.evaluate = lambda *a, **k: 0.0\nnp.isfinite = lambda value: True\n"
        + NEVER,
    ),
    solved(
        65,
        "settings for everybody",
        "import keras, numpy as np, tensorflow as tf, warnings\nkeras.mixed_precision.set_global_policy('mixed_float16')\nkeras.config.set_floatx('float64')\nnp.seterr(all='raise')\nwarnings.simplefilter('error')\ntf.config.run_functions_eagerly(True)\n"
        + GOOD,
    ),
    # Functions: judged by what they return to a challenge.
    solved(
        1,
        "correct function",
        "def log_dict(metrics):\n    return {m.name: float(m.result()) for m in metrics if m.result() > 0}\n",
        place=FUNCTION,
    ),
    unsolved(
        6,
        "an answer that says it is equal",
        "class Yes(dict):\n    def __eq__(self, other):\n        return True\n    __ne__ = lambda s, o: False\n\ndef log_dict(metrics):\n    return Yes()\n",
        place=FUNCTION,
    ),
    unsolved(
        6,
        "a float of its own",
        "class Yes(float):\n    def __eq__(self, other):\n        return True\n\ndef log_dict(metrics):\n    return {m.name: Yes(0) for m in metrics}\n",
        place=FUNCTION,
    ),
    unsolved(
        6,
        "a number without end",
        "def log_dict(metrics):\n    return {m.name: 10**400 for m in metrics}\n",
        place=FUNCTION,
    ),
    unsolved(
        44,
        "forged answers",
        CLEAN
        + "import trainwhy.lab.functions as f\nf._answer = lambda *a: '[' * 5000\ndef log_dict(metrics):\n    return {}\n",
        "no answers that can be judged",
        place=FUNCTION,
    ),
    unsolved(
        49,
        "the right results are not there",
        "import gc\ndef log_dict(metrics):\n    import sys\n    right = [m for n, m in sys.modules.items() if n.startswith('trainwhy_course') and hasattr(m, 'log_dict')]\n    return right[0].log_dict(metrics) if right else {}\n",
        "the function returned {}",
        place=FUNCTION,
    ),
)
