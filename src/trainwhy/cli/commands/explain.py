"""`trainwhy explain CODE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from trainwhy.cli import exits, options, pages, talk
from trainwhy.errors import Usage

if TYPE_CHECKING:
    from trainwhy.catalogue import Entry
    from trainwhy.cli.tools import Tools

SECTION = "Check"
ORDER = 20


def command(
    context: typer.Context,
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]",
            help="A code (TW101) or a name; all are listed when left out.",
            show_default=False,
            autocompletion=options.diagnosis_names,
        ),
    ] = "",
    as_json: options.Json = False,
) -> None:
    """Show the page of a diagnosis: what happens, why it hurts, an example and its repair."""
    from trainwhy import catalogue

    tools: Tools = context.obj
    if not code:
        talk.say(pages.listing(tools.screen, catalogue.entries()), end="")
        raise typer.Exit(exits.SOLVED)
    entry = catalogue.find(code)
    if entry is None:
        raise Usage(f"no diagnosis is called `{code}`", _meant(code, catalogue.entries()))
    if as_json:
        talk.say_json(pages.document(entry))
    else:
        talk.say(pages.page(tools.screen, entry), end="")
    raise typer.Exit(exits.SOLVED)


def _meant(word: str, entries: tuple[Entry, ...]) -> str:
    import difflib

    names = {entry.code: entry.code for entry in entries} | {entry.diagnosis.name: entry.code for entry in entries}
    folded = word.strip().replace("_", "-")
    zeroed = folded.upper().replace("O", "0").replace("L", "1")  # a code typed with letters for its digits
    if zeroed in names:
        return f"did you mean `{zeroed}`?"
    near = difflib.get_close_matches(folded.upper(), names, 3) + difflib.get_close_matches(folded.lower(), names, 3)
    if not near:
        return "`trainwhy explain` lists them all"
    return "did you mean " + " or ".join(f"`{name}`" for name in dict.fromkeys(near)) + "?"
