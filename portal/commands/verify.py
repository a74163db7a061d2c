"""`python -m portal verify`: do licences, papers, numbers, files, jobs and the audit log fit together."""

import asyncio

import click

DOES_NOT_HOLD = 1


@click.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Check that nothing was lost, doubled or changed; exit 0 when all holds, 1 naming what doesn't."""
    from portal.base import db
    from portal.consistency import checking

    async def checked() -> tuple[list[checking.Answer], list[tuple[str, int]]]:
        await db.connect()
        try:
            return await checking.check(), await checking.waiting()
        finally:
            await db.disconnect()

    answers, waiting = asyncio.run(checked())
    for answer in answers:
        if answer.count:
            print(f"✗ {answer.title}（{answer.name}）：{answer.count} 处，{'、'.join(answer.named)}")
        else:
            print(f"✓ {answer.title}")
    for topic, count in waiting:
        print(f"· 待办工作 {topic}：{count} 件")
    if any(answer.count for answer in answers):
        context.exit(DOES_NOT_HOLD)
