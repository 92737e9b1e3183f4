"""From a cause to what it did, in the user's own lines."""

from trainwhy.chains import chain
from trainwhy.results import Epoch, Failure, Finding, Gradient, GradientCall, Run, Source, Span, Variable


def finding(**changes):
    span = Span(9, 5, 9, 10, "the model is called outside the tape", **changes)
    return Finding("TW102", "forward-outside-tape", "error", "title", (span,), (), "why", "help")


def call(present):
    names = ("a/kernel", "a/bias")
    sources = tuple(Source("variable", name, (2,)) for name in names)
    return GradientCall(
        serial=0, step=0, line=11, in_graph=False, target="t", target_kind="tensor", target_shape=(),
        target_dtype="float32", sources=sources, gradients=(Gradient(present), Gradient(present)), watched=(),
    )  # fmt: skip


def run(**changes):
    variables = tuple(Variable(name, (2,), trainable=True, moved=False) for name in ("a/kernel", "a/bias"))
    rows = tuple(Epoch(n, 1.099, variables=2) for n in (1, 2, 3))
    return Run(seed=0, variables=variables, epochs=rows, **changes)


def test_every_link_is_a_number_of_this_run():
    assert chain(run(gradient_calls=(call(present=False),)), finding()) == (
        "line 9: the model is called outside the tape",
        "the tape watched 0 of 2 variables",
        "2 of 2 gradients are None",
        "no weight moved",
        "the loss stays at 1.099",
    )


def test_links_that_the_run_does_not_show_are_left_out():
    assert chain(run(gradient_calls=(call(present=True),)), finding())[1:] == (
        "no weight moved",
        "the loss stays at 1.099",
    )


def test_a_crash_ends_the_chain_and_another_file_is_named():
    crashed = Run(seed=0, error=Failure("ValueError", "none"))
    assert chain(crashed, finding(path="steps.py")) == (
        "steps.py, line 9: the model is called outside the tape",
        "the script stops with ValueError",
    )


def test_one_link_is_no_chain():
    assert chain(Run(seed=0), finding()) == ()
