"""`python -m portal keys rotate`: a new key for personal data, while the portal runs."""

import asyncio

import click


@click.group()
def keys() -> None:
    """Keys for personal data."""


@keys.command()
def rotate() -> None:
    """Encrypt all personal data with a new key, then drop the old one; may be killed and run again at any point.

    The key behind searches by number stays. Backups made before need the keys' file that was kept with them.
    """
    from portal.accounts.sealed import SEALED as ACCOUNTS
    from portal.base import db
    from portal.base.rotation import REST_SECONDS, Rotated
    from portal.base.rotation import rotate as run
    from portal.licensing.sealed import SEALED as LICENSING

    async def rotated() -> Rotated:
        await db.connect()
        try:
            return await run((*ACCOUNTS, *LICENSING))
        finally:
            await db.disconnect()

    click.echo(f"正在更换密钥，至少需要 {REST_SECONDS / 60:.0f} 分钟；中断后再运行一次即可继续。", err=True)
    done = asyncio.run(rotated())
    click.echo(f"密钥已更换为 {done.current}，重新加密 {done.values} 处；已删除 {'、'.join(done.dropped) or '无'}。")
    click.echo("更换之前的备份要用当时的密钥文件才能读，请与备份分开保存，备份删除时一并销毁。")
