"""Papers that are not made yet are counted among all papers ever made without reading them."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_made_again")]
    operations = [
        ops.RunSQL(
            "CREATE INDEX document_unfinished ON document (state) WHERE state IN ('promised', 'stopped');",
            "DROP INDEX document_unfinished;",
        ),
    ]
