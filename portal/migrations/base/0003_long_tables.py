"""What the clock asks every few seconds stays quick when the tables hold years: open jobs, old forms' keys."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("base", "0002_guards")]
    operations = [
        ops.RunSQL(
            """
            CREATE INDEX outbox_job_open ON outbox_job (topic) WHERE done_at IS NULL;
            CREATE INDEX idempotency_key_created ON idempotency_key (created);
            """,
            """
            DROP INDEX idempotency_key_created;
            DROP INDEX outbox_job_open;
            """,
        ),
    ]
