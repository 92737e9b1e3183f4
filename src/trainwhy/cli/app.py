"""The Typer application: a group that finds its commands by walking `commands/`, and the options that hold everywhere.

A module `commands/name.py` is the command `name` (`new_exercise.py` would be `new-exercise`): it holds a function
`command` and the heading `SECTION` under which `--help` lists it; or, for a group, a Typer `app` in place of `command`.
`ALONE` names options that may be given without their value, and what they mean then.
Only the module of the command that runs is imported.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Annotated, Any

import typer

import trainwhy
from trainwhy.cli import quick, screen
from trainwhy.cli.tools import Tools
from trainwhy.errors import Interrupted, Usage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

SECTIONS = ("Learn", "Look", "Check", "Authors")

EXAMPLES = (
    ("trainwhy next", "work through the course, one file at a time"),
    ("trainwhy watch", "the same, on every save"),
    ("trainwhy hint", "one step of help with the current exercise"),
    ("trainwhy check my_train.py", "explain a script of one's own"),
    ("trainwhy verify --format json", "check every file, for CI"),
    ("trainwhy explain TW101", "the page of a diagnosis"),
)
EVERYWHERE = (
    ("--color auto|always|never", "colour; NO_COLOR and FORCE_COLOR count too"),
    ("--plain", "no drawing, short sentences: reads well aloud"),
    ("-q, --quiet", "only the result"),
    ("--no-warm", "load TensorFlow anew; nothing stays in the background"),
)


def names() -> list[str]:
    """Names of all commands, in the order of their sections."""
    from trainwhy.cli import commands

    found = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    return [name.replace("_", "-") for name in found]


def load(name: str) -> Any:
    """Import one command's module and build its command."""
    module = _module(name)
    group = getattr(module, "app", None)
    if group is not None:
        return typer.main.get_command(group)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, cls=quick.QuickCommand)(module.command)
    built: Any = typer.main.get_command(single)
    built.alone = getattr(module, "ALONE", {})
    return built


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"trainwhy.cli.commands.{name.replace('-', '_')}")


class Commands(quick.QuickGroup):
    """The group `trainwhy`; its commands are modules, imported when they are needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands."""
        del ctx
        return names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build one command, or nothing when no module has its name."""
        del ctx
        return load(cmd_name) if cmd_name in names() else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was typed; say what is near when there is none."""
        known = names()
        if args and args[0] not in known and not args[0].startswith("-"):
            raise Usage(f"there is no command `{args[0]}`", _meant(args[0], known))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run; Ctrl-C becomes our own exception before Typer turns it into something else."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise Interrupted from error

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under their headings."""
        del ctx
        for section in SECTIONS:
            rows = [(name, _summary(name)) for name in _in_section(section)]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write examples, and the options that every command takes."""
        del ctx
        for heading, rows in (("Examples", EXAMPLES), ("With every command", EVERYWHERE)):
            with formatter.section(heading):
                formatter.write_dl(rows)


def _in_section(section: str) -> list[str]:
    modules = [(name, _module(name)) for name in names()]
    members = [(module.ORDER, name) for name, module in modules if section == module.SECTION]
    return [name for _, name in sorted(members)]


def _summary(name: str) -> str:
    """Take the first sentence of the command's docstring, without its full stop."""
    module = _module(name)
    text = module.app.info.help if hasattr(module, "app") else module.command.__doc__
    return str(text or "").strip().splitlines()[0].rstrip(".")


def _meant(word: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, known, n=3)
    quoted = " or ".join(f"`trainwhy {name}`" for name in near)
    return f"did you mean {quoted}?" if near else "`trainwhy --help` lists all commands"


application = typer.Typer(
    name="trainwhy",
    cls=Commands,
    rich_markup_mode=None,  # boxes are noise when read aloud, and Rich costs start-up time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trainwhy {trainwhy.__version__}")
        raise typer.Exit


@application.callback(invoke_without_command=True)
def everywhere(
    context: typer.Context,
    *,
    color: Annotated[str, typer.Option(help="auto, always or never.", metavar="WHEN")] = "auto",
    plain: Annotated[bool, typer.Option("--plain", help="No drawing, short sentences.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the result.")] = False,
    no_warm: Annotated[
        bool, typer.Option("--no-warm", help="Load TensorFlow anew; nothing stays in the background.")
    ] = False,
    _version_wanted: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Learn why a TensorFlow or Keras training loop does or does not learn.

    Without a command: where you are, and what is next.
    """
    if color not in ("auto", "always", "never"):
        raise Usage(f"`--color {color}` means nothing here", "use auto, always or never")
    seen = screen.look(color, plain=plain, quiet=quiet)  # type: ignore[arg-type]
    context.obj = Tools(seen) if context.obj is None else context.obj.on(seen)
    if no_warm:
        context.obj = context.obj.cold()
    if context.invoked_subcommand is None:
        from trainwhy.cli import overview

        raise typer.Exit(overview.show(context.obj))


def invoke(arguments: list[str], tools: Tools | None = None) -> int:
    """Run the application once, with other tools where tests hand them in, and give the exit code of its command."""
    group = typer.main.get_command(application)
    code = group.main(hoist(arguments), prog_name="trainwhy", standalone_mode=False, obj=tools)
    return code if isinstance(code, int) else 0


def hoist(arguments: Iterable[str]) -> list[str]:
    """Move the options that hold everywhere to the front, so that `trainwhy next --plain` works too."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in ("--plain", "-q", "--quiet", "--no-warm") or argument.startswith("--color="):
            front.append(argument)
        elif argument == "--color":
            front += [argument, *([value] if (value := next(waiting, None)) is not None else [])]
        else:
            rest.append(argument)
    return front + rest
