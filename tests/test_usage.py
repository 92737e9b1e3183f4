"""What became of the gradients."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trainwhy.diagnoses import gradients_never_applied
from trainwhy.results import Epoch, Failure, Gradient, GradientCall, Op, Run, Source, Update, Variable
from trainwhy.usage import answered, last_line, not_moved, rebindings, written_by_hand

SHAPE = (3, 1)


def op(kind: str, inputs: str, output: str, **more: object) -> Op:
    known = {"line": 5, "recording": False, **more}
    return Op(kind, tuple(inputs.split()), tuple(output.split()), "float32", SHAPE, **known)  # type: ignore[arg-type]


READ = op("ReadVariableOp", "handle", "value", variable="kernel")
CALL = GradientCall(
    0, 0, 4, False, "loss", "tensor", (), "float32", (Source("variable", "kernel", SHAPE),),
    (Gradient(present=True, norm=1.0, tensor="g"),), ("kernel",),
)  # fmt: skip
STILL = Variable("kernel", SHAPE, trainable=True, moved=False)


def run(*ops: Op, **more: object) -> Run:
    known = {"ops": ops, "gradient_calls": (CALL,), "gradient_call_count": 8, "variables": (STILL,), "steps": 8, **more}
    return Run(seed=0, **known)  # type: ignore[arg-type]


def test_a_new_value_made_from_a_variable_and_its_gradient() -> None:
    found = rebindings(run(op("Mul", "rate g", "step"), READ, op("Sub", "value step", "new")))
    assert [(one.variable, one.op.type) for one in found] == [("kernel", "Sub")]


def test_an_operator_that_reads_the_variable_without_showing_it() -> None:
    assert rebindings(run(op("Mul", "rate g", "step"), op("Sub", "unseen step", "new")))


@pytest.mark.parametrize(
    "ops",
    [
        (READ, op("Mul", "wd value", "decay"), op("AddV2", "g decay", "sum")),  # weight decay added to a gradient
        (op("Square", "g", "s"), op("Mean", "s", "norm")),  # a norm
        (READ, op("Sub", "value g", "new"), op("AssignVariableOp", "handle new", "", variable="kernel")),
        (READ, op("Sub", "value g", "new", recording=True)),  # fast weights under another tape
    ],
)
def test_other_uses_of_a_gradient(ops: tuple[Op, ...]) -> None:
    assert rebindings(run(*ops)) == ()


def test_fast_weights_beside_a_real_update() -> None:
    ops = (READ, op("Sub", "value g", "new"))
    assert rebindings(run(*ops, variables=(replace(STILL, moved=True),))) == ()
    assert rebindings(run(*ops, updates=(Update(0, 0, 6, "apply", "sgd", False, ()),))) == ()


def test_writing_a_metric_is_not_writing_the_weight() -> None:
    step = op("AssignSubVariableOp", "handle g", "", variable="kernel")
    metric = op("AssignAddVariableOp", "total g", "")
    assert written_by_hand(run(step))
    assert not written_by_hand(run(metric))


def test_for_a_variable_outside_the_model_every_write_counts() -> None:
    assert written_by_hand(run(op("AssignSubVariableOp", "own g", ""), variables=()))


def test_gradients_that_are_all_zero_answer_nothing() -> None:
    zero = replace(CALL, gradients=(Gradient(present=True, norm=0.0),))
    traced = replace(CALL, gradients=(Gradient(present=True, tensor="g"),))
    assert answered(run(gradient_calls=(zero,))) is None
    assert answered(run(gradient_calls=(traced,))) == traced
    assert answered(run(gradient_calls=(traced,), epochs=(Epoch(1, 1.0, gradient=0.0),))) is None


def test_one_step_is_one_step() -> None:
    assert not_moved(run(steps=1)).name == "weights that moved in 1 step"
    assert not_moved(run()).name == "weights that moved in 8 steps"


def test_a_step_that_raised_before_it_could_apply_is_not_accused() -> None:
    failed = Failure("NameError", "name 'grads' is not defined", line=6)
    assert gradients_never_applied.match(run(steps=0, error=failed)) is None
    assert gradients_never_applied.match(run(steps=8, error=failed)) is not None
    assert gradients_never_applied.match(run()) is not None


def test_a_call_that_gave_no_gradient_was_last_where_it_stands() -> None:
    call = GradientCall(0, 0, 9, False, "loss", "tensor", (), "float32", (), (), ())
    assert last_line(Run(0), call) == 9
