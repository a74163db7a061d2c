"""`portal user add`: the first administrator, and others, in production."""

import asyncio
from pathlib import Path

import click

from schemas.accounts import STAFF_ROLES


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.option("--login", required=True, help="E-mail address or mobile number to log in by.")
@click.option("--name", required=True, help="The person's name as others see it.")
@click.option("--role", required=True, type=click.Choice(STAFF_ROLES))
@click.option("--district", help="District code, for a district's staff.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Read the password from the first line of this file (- is standard input); else it is asked for.",
)
def add(login: str, name: str, role: str, district: str | None, password_file: Path | None) -> None:
    """Open an account; the second factor is set up at the first log-in."""
    from pydantic import ValidationError

    from portal.kernel.errors import Invalid
    from schemas.accounts import AddUser
    from schemas.messages import in_chinese

    try:
        order = AddUser.model_validate({"login": login, "name": name, "role": role, "district": district})
    except ValidationError as failure:
        raise Invalid(in_chinese(failure, AddUser)) from None
    number = asyncio.run(opened(order, password_from(password_file)))
    click.echo(f"已开通账户 {number}：{role}。首次登录时绑定验证器。")


def password_from(file: Path | None) -> str:
    """Read the password, or ask for it twice; it never stands on the command line, where others can see it."""
    if file is None:
        return str(click.prompt("密码", hide_input=True, confirmation_prompt="再填一次", err=True))
    with click.open_file(str(file), encoding="utf-8") as lines:
        return str(lines.readline()).rstrip("\r\n")


async def opened(order: object, password: str) -> int:
    """Open the account in this installation's database."""
    from portal.accounts import service
    from portal.base import clock, db
    from portal.districts import service as districts
    from schemas.accounts import AddUser

    assert isinstance(order, AddUser)
    await db.connect()
    service.know_districts(districts.names)
    try:
        return await service.add_operator(order, password, now=clock.now())
    finally:
        await db.disconnect()
