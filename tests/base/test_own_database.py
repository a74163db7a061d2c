"""A command beside a running portal finds the portal's own database."""

from portal.base import schema
from portal.base.engines.running import with_database
from portal.base.settings import read


def test_an_address_that_is_set_stays(tmp_path):
    given = read({"PORTAL_DATA": str(tmp_path), "DATABASE_URL": "postgres://portal@db/portal"})
    assert with_database(given) is given


def test_a_folder_without_an_installation_is_left_alone(tmp_path):
    given = read({"PORTAL_DATA": str(tmp_path / "none")})
    assert with_database(given) is given
    assert not (tmp_path / "none").exists()


def test_the_running_embedded_database_is_found(databases):
    places = databases.server.places
    found = with_database(read({"PORTAL_DATA": str(places.data)}))
    assert found.database_url == databases.server.url()


async def test_a_command_that_opens_a_connection_of_its_own_finds_it_too(databases):
    given = read({"PORTAL_DATA": str(databases.server.places.data)})
    held = await schema.connection(given)
    try:
        assert await held.fetchval("SELECT current_database()") == "portal"
    finally:
        await held.close()
