"""Why a variable has no gradient: on hand-made records, and on real ones through the worker."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent

import pytest

from trainwhy import catalogue, running
from trainwhy.lineage import Lineage, broken, explain, gradients_given, lineages, merged
from trainwhy.results import Call, Failure, Gradient, GradientCall, Leave, Op, Request, Run, Source, Variable
from trainwhy.worker.process import ProcessWorker

NAMES = ("kernel", "bias")


def op(kind: str, inputs: str, output: str, dtype: str = "float32", **more: object) -> Op:
    known = {"line": 1, "recording": True, **more}
    return Op(kind, tuple(inputs.split()), tuple(output.split()), dtype, (), **known)  # type: ignore[arg-type]


def model(*, recording: bool = True, line: int = 2) -> tuple[Op, ...]:
    place = {"recording": recording, "line": line}
    return (
        op("ReadVariableOp", "h1", "w", variable="kernel", **place),
        op("MatMul", "x w", "xw", **place),
        op("ReadVariableOp", "h2", "b", variable="bias", **place),
        op("BiasAdd", "xw b", "p", **place),
    )


def question(target: str = "loss", answers: tuple[float | None, ...] = (None, None), **more: object) -> GradientCall:
    call = GradientCall(
        serial=0,
        step=0,
        line=9,
        in_graph=False,
        target=target,
        target_kind="tensor",
        target_shape=(),
        target_dtype="float32",
        sources=tuple(Source("variable", name) for name in NAMES),
        gradients=tuple(Gradient(norm is not None, norm) for norm in answers),
        watched=NAMES,
    )
    return replace(call, **more)  # type: ignore[arg-type]


def run(*ops: Op, call: GradientCall | None = None, **more: object) -> Run:
    variables = tuple(Variable(name, (1,), trainable=True, moved=False) for name in NAMES)
    known = {"ops": ops, "gradient_calls": (call or question(),), "variables": variables, **more}
    return Run(seed=0, **known)  # type: ignore[arg-type]


def kinds(one: Run) -> list[tuple[str, int | None]]:
    return [(cut.kind, cut.line) for lineage in lineages(one) for cut in lineage.breaks]


def test_gradients_that_are_there_need_no_explanation() -> None:
    rounded = op("Round", "p", "r"), op("Mean", "r", "loss")  # with a gradient of its own
    assert kinds(run(*model(), *rounded, call=question(answers=(0.5, 1.0)))) == []


def test_a_model_that_ran_unrecorded() -> None:
    inside = op("Sub", "p y", "d", line=4), op("Mean", "d", "loss", line=4)
    assert kinds(run(*model(recording=False), *inside, call=question(watched=()))) == [("forward_outside", 2)]


def test_a_loss_that_ran_unrecorded() -> None:
    outside = op("Sub", "p y", "d", line=5, recording=False), op("Mean", "d", "loss", line=6, recording=False)
    assert kinds(run(*model(), *outside)) == [("loss_outside", 5)]


@pytest.mark.parametrize(
    ("cut", "kind"),
    [
        (op("Round", "p", "q", line=5), "rounded"),
        (op("StopGradient", "p", "q", line=5), "stopped"),
        (op("ArgMax", "p", "q", "int64", line=5), "integer"),
        (op("Greater", "p y", "q", "bool", line=5), "comparison"),
        (op("PyFunc", "p", "q", line=5), "left_tensorflow"),
    ],
)
def test_an_operation_without_a_derivative(cut: Op, kind: str) -> None:
    assert kinds(run(*model(), cut, op("Mean", "q", "loss"))) == [(kind, 5)]


def test_a_comparison_inside_a_smooth_loss_is_not_blamed_for_another_cut() -> None:
    huber = (
        op("Sub", "p y", "d", recording=False, line=7),
        op("LessEqual", "d one", "small", "bool", recording=False),
        op("SelectV2", "small d d", "loss", recording=False),
    )
    assert kinds(run(*model(), *huber)) == [("loss_outside", 7)]


def test_two_cuts_in_a_row_are_both_named_in_order() -> None:
    ops = op("Round", "p", "r", line=5), op("Equal", "r y", "e", "bool", line=6), op("Cast", "e", "loss")
    assert kinds(run(*model(), *ops)) == [("rounded", 5), ("comparison", 6)]


def test_two_ways_with_a_cut_each_are_both_named() -> None:
    ops = op("Round", "p", "r", line=5), op("StopGradient", "p", "s", line=6), op("AddV2", "r s", "loss")
    assert kinds(run(*model(), *ops)) == [("rounded", 5), ("stopped", 6)]


def test_only_variables_behind_the_cut_are_lost() -> None:
    first = (*model()[:2], op("StopGradient", "xw", "s", line=3))
    rest = (model()[2], op("BiasAdd", "s b", "p"), op("Mean", "p", "loss"))
    lineage = lineages(run(*first, *rest, call=question(answers=(None, 1.0))))[0]
    assert [(cut.kind, cut.variables) for cut in lineage.breaks] == [("stopped", ("kernel",))]
    assert lineage.lost == ("kernel",)
    assert gradients_given(lineage).value == 1


def test_sign_answers_zero() -> None:
    sign = op("Sign", "p", "q", line=5), op("Mean", "q", "loss")
    zero = run(*model(), *sign, call=question(answers=(0.0, 0.0)))
    assert kinds(zero) == [("rounded", 5)]
    assert "zero" in gradients_given(lineages(zero)[0]).name


def test_zeros_behind_a_rounding_with_its_own_gradient_have_another_reason() -> None:
    rounded = op("Round", "p", "q"), op("Mean", "q", "loss")
    assert kinds(run(*model(), *rounded, call=question(answers=(0.0, 0.0)))) == []


def test_a_variable_that_moved_is_not_lost() -> None:
    moved = tuple(Variable(name, (1,), trainable=True, moved=True) for name in NAMES)
    assert kinds(run(*model(), op("Round", "p", "q"), op("Mean", "q", "loss"), variables=moved)) == []


def test_a_frozen_variable_is_not_asked_for() -> None:
    frozen = tuple(Source("variable", name, trainable=False) for name in NAMES)
    lineage = lineages(run(*model(), op("Round", "p", "loss"), call=question(sources=frozen)))[0]
    assert (lineage.asked, lineage.breaks) == ((), ())


def test_a_value_that_was_taken_out_while_recording() -> None:
    leave = Leave("p", 5, "numpy", recording=True)
    after = op("Sub", "fresh y", "d", line=5), op("Mean", "d", "loss", line=5)
    assert kinds(run(*model(), *after, leaves=(leave,))) == [("left_tensorflow", 5)]


def test_a_value_taken_out_to_look_at_it_cuts_nothing() -> None:
    leave = Leave("p", 5, "numpy", recording=True)
    ended = run(*model(), op("Round", "p", "q", line=6), op("Mean", "q", "loss"), leaves=(leave,))
    assert kinds(ended) == [("rounded", 6)]


def test_predict_takes_values_out() -> None:
    predicted = Call(0, 3, "model", "predict", recording=True, training=None)
    assert kinds(run(op("Mean", "fresh", "loss"), calls=(predicted,))) == [("left_tensorflow", 3)]


def test_a_loss_that_ignores_the_model_is_not_called_a_departure() -> None:
    assert kinds(run(*model(), op("Mean", "y", "loss"))) == []


def test_plain_tensors_that_nothing_watches() -> None:
    plain = (Source("tensor", "tensor", trainable=False, tensor="w"),)
    call = question(sources=plain, gradients=(Gradient(present=False),), watched=())
    assert kinds(run(op("MatMul", "x w", "loss", line=4), call=call)) == [("no_variable", 4)]


def test_a_tensor_that_is_watched_is_fine() -> None:
    plain = (Source("tensor", "tensor", trainable=False, tensor="w"),)
    call = question(sources=plain, gradients=(Gradient(present=True, norm=1.0),), watched=())
    assert kinds(run(op("MatMul", "x w", "loss", line=4), call=call)) == []


def test_another_tape_recorded_the_model() -> None:
    call = question(watched=(), tape_line=6)
    assert kinds(run(*model(), op("Mean", "p", "loss", line=7), call=call)) == [("forward_outside", 2)]


def test_a_tape_told_not_to_watch_is_left_alone() -> None:
    source = "with tf.GradientTape(watch_accessed_variables=False) as tape:\n    pass\n"
    call = question(watched=(), tape_line=1)
    assert kinds(run(*model(), op("Mean", "p", "loss"), call=call, source=source)) == []


def test_another_tape_recorded_the_loss() -> None:
    first, second = "    with tape() as one:\n        p = model(x)\n", "    with tape() as two:\n        loss = f(p)\n"
    source = f"def step():\n{first}{second}    g\n"
    call = question(tape_line=2)
    ops = (*model(line=3), op("Mean", "p", "loss", line=5))
    assert kinds(run(*ops, call=call, source=source)) == [("loss_outside", 5)]


def test_a_question_that_raised_is_put_again() -> None:
    source = "p = model(x)\nloss = np.mean(p)\ng = tape.gradient(loss, w)\n"
    leave = Leave("p", 2, "__array__", recording=True)
    failed = Failure("AttributeError", "no _id", line=3)
    ended = replace(run(*model(line=1), source=source, error=failed, leaves=(leave,)), gradient_calls=())
    assert kinds(ended) == [("left_tensorflow", 2)]
    assert kinds(replace(ended, error=Failure("NameError", "grads", line=2))) == []


def test_numpy_that_leaves_no_trace_is_found_where_the_way_ends() -> None:
    source = "import numpy as np\np = model(x)\nd = y - p\nloss = tf.mean(np.square(d))\ng = tape.gradient(loss, w)\n"
    ops = (*model(), op("Sub", "y p", "d", line=3), op("Mean", "fresh", "loss", line=4))
    call = question(line=5)
    assert kinds(run(*ops, call=call, source=source)) == [("left_tensorflow", 4)]
    assert kinds(run(*ops, call=call, source=source.replace("np.square(d)", "np.square(y)"))) == []


def test_a_persistent_tape_asked_one_by_one_counts_as_one_question() -> None:
    calls = [question(sources=(Source("variable", name),), answers=(None,), serial=n) for n, name in enumerate(NAMES)]
    assert [len(call.sources) for call in merged(calls)] == [2]


def test_later_steps_have_no_operations_and_are_not_explained() -> None:
    assert lineages(run(call=question(step=3))) == ()


def test_broken_returns_the_kind_asked_for() -> None:
    one = run(*model(), op("Round", "p", "q", line=5), op("Mean", "q", "loss"))
    assert broken(one, "stopped", "integer") is None
    found = broken(one, "stopped", "rounded")
    assert found is not None
    assert isinstance(found[0], Lineage)
    assert found[1].what == "Round"
    assert explain(one, one.gradient_calls[0]) == found[0]


# ----------------------------------------------------------------------------------------------------- real runs

HEAD = """\
import keras
import numpy as np
import tensorflow as tf


@tf.function
def forward(model, x):
    return model(x, training=True)


@tf.function
def squared(y, p):
    return tf.reduce_mean(tf.square(y - p))


@tf.custom_gradient
def pass_on(value):
    return tf.sign(value) * tf.abs(tf.round(value)), lambda gradient: gradient


"""
TAIL = """\
gradients = tape.gradient(loss, model.trainable_variables)
optimizer.apply_gradients(zip(gradients, model.trainable_variables))
return loss
"""
TAPE, MODEL = "with tf.GradientTape() as tape:\n", "p = model(x, training=True)\n"
LOSS = "loss = tf.reduce_mean(tf.square(y - p))\n"


def step(inside: str, before: str = "", after: str = "", tape: str = TAPE) -> str:
    body = before + tape + indent(inside, "    ") + after + TAIL
    return HEAD + "def train_step(model, optimizer, x, y):\n" + indent(body, "    ")


WRONG = {
    "nested function outside": ("TW102", step(LOSS, before="p = forward(model, x)\n")),
    "loss function traced": ("TW102", step("loss = squared(y, p)\n", before=MODEL)),
    "nothing inside": ("TW102", step("pass\n", after=MODEL + LOSS)),
    "loss of a traced forward outside": (
        "TW103",
        step("p = forward(model, x)\n", after=LOSS),
    ),
    "built-in loss outside": ("TW103", step(MODEL, after="loss = keras.losses.Huber()(y, p)\n")),
    "loss in another tape": (
        "TW103",
        step(MODEL, after="with tf.GradientTape() as other:\n    " + LOSS),
    ),
    "accuracy as a loss": (
        "TW105",
        step(MODEL + "loss = 1 - tf.reduce_mean(tf.cast(tf.round(p) == tf.round(y), tf.float32))\n"),
    ),
    "floor division": ("TW106", step(MODEL + "p = p // 1.0\n" + LOSS)),
    "sign": ("TW106", step(MODEL + "p = tf.sign(p)\n" + LOSS)),
    "half of the model stopped": (
        "TW107",
        step("h = tf.stop_gradient(model.layers[0](x))\np = model.layers[1](h)\n" + LOSS),
    ),
    "keras stop": ("TW107", step("p = keras.ops.stop_gradient(model(x))\n" + LOSS)),
}
ONLY_EAGER = {
    "predict above the tape": ("TW104", step(LOSS, before="p = model.predict(x, verbose=0)\n")),
    "traced loss of values": ("TW104", step(MODEL + "loss = squared(y, p.numpy())\n")),
    "stopped before a traced loss": ("TW107", step("p = tf.stop_gradient(model(x))\nloss = squared(y, p)\n")),
    "every value": ("TW104", step(MODEL + "loss = np.mean((y.numpy() - p.numpy()) ** 2)\n")),
    "float": ("TW104", step(MODEL + "loss = tf.Variable(float(squared(y, p)))\n")),
    "python function": ("TW104", step(MODEL + "p = tf.numpy_function(np.abs, [p], tf.float32)\n" + LOSS)),
}
FINE = {
    "nested functions": step("p = forward(model, x)\nloss = squared(y, p)\n"),
    "metric beside": step(MODEL + LOSS + "hits = tf.reduce_mean(tf.cast(tf.round(p) == y, tf.float32))\n"),
    "straight through": step(MODEL + "p = p + tf.stop_gradient(tf.round(p) - p)\n" + LOSS),
    "own gradient": step(MODEL + "p = pass_on(p)\n" + LOSS),
    "stopped target": step(MODEL + LOSS + "loss += 0.1 * tf.reduce_mean(tf.square(p - tf.stop_gradient(p)))\n"),
    "casts": step(MODEL + "p = tf.cast(tf.cast(p, tf.float64), tf.float32)\n" + LOSS),
    "choice": step(MODEL + "d = y - p\nloss = tf.reduce_mean(tf.where(tf.abs(d) > 1.0, tf.abs(d), d * d))\n"),
    "branch": step(MODEL + "p = tf.cond(p[0, 0] > 1e6, lambda: p * 0.0, lambda: p)\n" + LOSS),
    "frozen part": step(
        "p = model.layers[1](h)\n" + LOSS, before="model.layers[0].trainable = False\nh = model.layers[0](x)\n"
    ),
    "two tapes": step(MODEL + LOSS, tape="with tf.GradientTape() as tape, tf.GradientTape() as other:\n"),
}


def codes(worker: ProcessWorker, source: str) -> list[str]:
    request = Request(job="train", exercise="", practice="regression", source=source, name="example.py", epochs=2)
    gathered = running.gather(worker, request)
    assert gathered.run is not None, gathered.ended
    return [entry.code for entry, _ in catalogue.matching(gathered.run)]


def traced(source: str) -> str:
    return source.replace("def train_step", "@tf.function\ndef train_step")


@pytest.mark.tf
@pytest.mark.parametrize(("code", "source"), (WRONG | ONLY_EAGER).values(), ids=WRONG | ONLY_EAGER)
def test_the_cause_is_named_in_eager_mode(worker: ProcessWorker, code: str, source: str) -> None:
    assert codes(worker, source) == [code]


@pytest.mark.tf
@pytest.mark.parametrize(("code", "source"), WRONG.values(), ids=WRONG)
def test_the_cause_is_named_in_a_traced_step(worker: ProcessWorker, code: str, source: str) -> None:
    assert codes(worker, traced(source)) == [code]


@pytest.mark.tf
@pytest.mark.parametrize("source", FINE.values(), ids=FINE)
def test_silence_on_right_code(worker: ProcessWorker, source: str) -> None:
    assert codes(worker, source) == []
    assert codes(worker, traced(source)) == []
