"""The graph of operations: what flows in, and how far a gradient gets."""

from __future__ import annotations

import pytest

from trainwhy.dataflow import UNSEEN, arriving, cuts, downstream, open_to_the_end, reaching, upstream
from trainwhy.results import Op


def op(kind: str, inputs: str, output: str, dtype: str = "float32", **more: object) -> Op:
    known = {"line": 1, "recording": True, **more}
    return Op(kind, tuple(inputs.split()), tuple(output.split()), dtype, (), **known)  # type: ignore[arg-type]


READ = op("ReadVariableOp", "handle", "w", variable="kernel")
DENSE = op("MatMul", "x w", "p")
LOSS = op("Mean", "p", "loss")


def test_upstream_holds_what_went_in_and_nothing_beside() -> None:
    beside = op("Round", "p", "shown")
    assert upstream((READ, DENSE, beside, LOSS), "loss") == (READ, DENSE, LOSS)


def test_a_size_is_no_way() -> None:
    size, count = op("Shape", "p", "size", "int32"), op("Mean", "size", "loss")
    assert upstream((READ, DENSE, size, count), "loss") == (count,)


def test_downstream_follows_all_users() -> None:
    scaled, other = op("Mul", "rate g", "step"), op("Mean", "p", "other")
    written = op("AssignSubVariableOp", "handle step", "")
    assert downstream((other, scaled, written), ["g"]) == (scaled, written)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (op("Round", "p", "q"), {"rounded"}),
        (op("FloorDiv", "p one", "q"), {"rounded"}),
        (op("StopGradient", "p", "q"), {"stopped"}),
        (op("Greater", "p y", "q", "bool"), {"comparison"}),
        (op("ArgMax", "p axis", "q", "int64"), {"integer"}),
        (op("Cast", "p", "q", "int32"), {"integer"}),
        (op("Cast", "p", "q", "float16"), set()),
        (op("PyFunc", "p", "q"), {"left_tensorflow"}),
        (op("Mean", "p", "q", recording=False), {"not_recorded"}),
        (op("Round", "p", "q", recording=False), {"not_recorded", "rounded"}),
        (op("Mean", "p", "q"), set()),
        (op("TensorListReserve", "p", "q", "variant"), set()),
    ],
)
def test_what_no_gradient_passes(one: Op, why: set[str]) -> None:
    assert cuts(one) == why


def test_a_cut_beside_another_way_is_none() -> None:
    way = (READ, DENSE, op("Round", "p", "r"), op("AddV2", "p r", "sum"))
    assert open_to_the_end(way, ["kernel"]) == {"kernel"}


def test_a_cut_on_the_only_way_closes_it_until_it_is_healed() -> None:
    way = (READ, DENSE, op("Round", "p", "r"), op("Mean", "r", "loss"))
    assert open_to_the_end(way, ["kernel"]) == frozenset()
    assert open_to_the_end(way, ["kernel"], frozenset({"rounded"})) == {"kernel"}
    assert arriving(way, ["kernel"], None)[-1] == {"kernel"}


def test_variables_that_were_not_asked_for_do_not_count() -> None:
    assert reaching((READ, DENSE, LOSS), ["bias"]) == frozenset()


def test_a_function_may_read_what_is_read_nowhere_else() -> None:
    call = op("__forward_f_12", "x hidden_handle", "p")
    assert reaching((call, LOSS), ["kernel"]) == {"kernel"}
    assert reaching((READ, DENSE, op("__forward_g_13", "p y", "loss")), ["kernel"]) == {"kernel"}


def test_a_function_does_not_reopen_a_way_that_is_seen_to_be_cut() -> None:
    way = (READ, DENSE, op("StopGradient", "p", "q"), op("__forward_loss_3", "q y", "loss"))
    assert open_to_the_end(way, ["kernel"]) == frozenset()


def test_in_a_graph_a_tensor_that_nothing_made_is_a_function_call() -> None:
    square = op("Square", "StatefulPartitionedCall:0", "loss", in_graph=True)
    way = upstream((square,), "loss", in_graph=True)
    assert [one.type for one in way] == [UNSEEN, "Square"]
    assert open_to_the_end(way, ["kernel"]) == {"kernel"}
    assert [one.type for one in upstream((), "call:0", in_graph=True)] == [UNSEEN]


def test_outside_a_graph_a_tensor_that_nothing_made_is_data() -> None:
    assert upstream((LOSS,), "loss") == (LOSS,)
    assert upstream((LOSS,), "elsewhere") == ()
    assert upstream((LOSS,), None) == ()
