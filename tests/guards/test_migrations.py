"""The tables that migrations make are those that the models describe."""

from tortoise import Tortoise
from tortoise.migrations.autodetector import MigrationAutodetector

from portal.base import db
from portal.base.settings import settings


async def test_the_models_ask_for_nothing_that_no_migration_makes(database):
    detector = MigrationAutodetector(Tortoise.apps, db.configuration(settings())["apps"])
    assert [(writer.app_label, writer.operations) for writer in await detector.changes()] == []
