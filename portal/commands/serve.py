"""`portal serve`: the web server."""

import click


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen at; a proxy stands before it."
)
@click.option(
    "--socket",
    "unix_socket",
    type=click.Path(),
    help="Listen at this Unix socket instead.",
)
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True)
def serve(host: str, unix_socket: str | None, processes: int) -> None:
    """Web server on PORT."""
    import uvicorn

    from portal.base.settings import read
    from portal.base.starting import PROXY_AT_SOCKET, refuse_unnamed_proxy
    from portal.commands.starting import refuse_unfit_start

    settings = read()
    refuse_unnamed_proxy(settings, is_at_socket=bool(unix_socket))
    refuse_unfit_start(settings)
    uvicorn.run(
        "portal.app:app",
        host=host,
        port=settings.port,
        uds=unix_socket,
        workers=processes,
        loop="uvloop",
        http="httptools",
        proxy_headers=bool(settings.trusted_proxy),
        forwarded_allow_ips="*" if settings.trusted_proxy == PROXY_AT_SOCKET else settings.trusted_proxy or None,
        server_header=False,
        access_log=False,
        timeout_graceful_shutdown=10,
    )
