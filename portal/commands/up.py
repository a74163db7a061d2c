"""`portal up`: the whole portal on one machine."""

import click


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo data in the background and allow its accounts.")
def up(demo: bool) -> int:
    """Engines, migrations, web and worker under one supervisor."""
    from portal.base.engines.places import EngineError
    from portal.base.engines.supervisor import Supervisor
    from portal.base.settings import read
    from portal.base.starting import refuse_unfit_settings
    from portal.documents.authority import refuse_unfit_seal

    settings = read()
    meant = settings.model_copy(update={"demo": settings.demo or demo})
    refuse_unfit_settings(meant)
    refuse_unfit_seal(meant)
    try:
        return Supervisor(settings, say=click.echo, is_demo=demo).run()
    except EngineError as error:
        click.echo(str(error), err=True)
        return 3
