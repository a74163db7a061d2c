"""Where this installation's own database is, for commands that are called beside a running portal."""

from portal.base.settings import Settings


def with_database(of: Settings) -> Settings:
    """The settings with the address of the embedded database, where no other is set and it runs on this data."""
    from portal.base.engines.places import find_places
    from portal.base.engines.postgres import Postgres

    if of.database_url or not of.data.is_dir():
        return of
    places = find_places(of.data)
    is_running = (places.sockets / ".s.PGSQL.5432").exists()
    return of.model_copy(update={"database_url": Postgres(places).url()}) if is_running else of
