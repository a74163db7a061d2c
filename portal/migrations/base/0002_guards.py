"""The audit log can only grow; the search for due jobs and the outbox's wake-up have their indexes."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [
        ops.RunSQL(
            """
            CREATE FUNCTION audit_entry_grows_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$;
            CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry
                FOR EACH ROW EXECUTE FUNCTION audit_entry_grows_only();
            CREATE TRIGGER audit_entry_keep_all BEFORE TRUNCATE ON audit_entry
                FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_grows_only();
            CREATE INDEX outbox_job_due ON outbox_job (ready_at) WHERE done_at IS NULL AND dead_at IS NULL;
            """,
            """
            DROP INDEX outbox_job_due;
            DROP TRIGGER audit_entry_keep_all ON audit_entry;
            DROP TRIGGER audit_entry_keep ON audit_entry;
            DROP FUNCTION audit_entry_grows_only();
            """,
        ),
    ]
