"""The limits that run are found among all that ever ran, and a licence's case among all cases, without reading all."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_initial")]
    operations = [
        ops.RunSQL(
            """
            CREATE INDEX application_clock_running ON application_clock (application_id) WHERE ended_on IS NULL;
            CREATE INDEX application_licence ON application (licence_number) WHERE licence_number IS NOT NULL;
            """,
            """
            DROP INDEX application_licence;
            DROP INDEX application_clock_running;
            """,
        ),
    ]
