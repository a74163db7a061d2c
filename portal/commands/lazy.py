"""A group of commands whose modules are imported only when their command is called, so that each starts fast."""

import importlib

import click


class LazyGroup(click.Group):
    """A group that knows where its commands live (`modules`: name → "module:function") and imports one at a time."""

    modules: dict[str, str]

    def __init__(self, *arguments: object, modules: dict[str, str], **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # click's own signature is kept as it is
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        """Name every command in the order of the alphabet."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's signature
        """Import the command `cmd_name`, or nothing where there is none of that name."""
        if cmd_name not in self.modules:
            return None
        module, _, name = self.modules[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command
