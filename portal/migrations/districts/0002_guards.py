"""A school stands once on a district's list, days and values are of a known sort, and what was entered stays."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("districts", "0001_initial"), ("base", "0001_initial")]
    operations = [
        ops.RunSQL(
            """
            ALTER TABLE district ADD CONSTRAINT district_code_ck CHECK (code ~ '^[0-9]{6}$');
            ALTER TABLE school
                ADD CONSTRAINT school_district_fk FOREIGN KEY (district) REFERENCES district (code),
                ADD CONSTRAINT school_name_ck CHECK (name <> '' AND name_key <> '');
            CREATE UNIQUE INDEX school_name_once ON school (district, name_key) WHERE is_active;
            CREATE UNIQUE INDEX school_code_once ON school (code) WHERE is_active AND code <> '';
            CREATE UNIQUE INDEX school_credit_code_once ON school (credit_code) WHERE is_active AND credit_code <> '';
            ALTER TABLE school_import
                ADD CONSTRAINT school_import_district_fk FOREIGN KEY (district) REFERENCES district (code),
                ADD CONSTRAINT school_import_file_fk FOREIGN KEY (file_id) REFERENCES stored_file (id),
                ADD CONSTRAINT school_import_state_ck CHECK (state IN ('waiting', 'done'));
            ALTER TABLE calendar_day
                ADD CONSTRAINT calendar_day_kind_ck CHECK (kind IN ('holiday', 'makeup', 'ordinary'));
            CREATE INDEX calendar_day_last ON calendar_day (day, id DESC);
            ALTER TABLE policy_value
                ADD CONSTRAINT policy_value_district_fk FOREIGN KEY (district) REFERENCES district (code),
                ADD CONSTRAINT policy_value_days_ck CHECK (until IS NULL OR until >= since);
            CREATE FUNCTION districts_history_grows_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'entries of calendar and policy are never changed'; END $$;
            CREATE TRIGGER calendar_day_keep BEFORE UPDATE OR DELETE ON calendar_day
                FOR EACH ROW EXECUTE FUNCTION districts_history_grows_only();
            CREATE TRIGGER policy_value_keep BEFORE UPDATE OR DELETE ON policy_value
                FOR EACH ROW EXECUTE FUNCTION districts_history_grows_only();
            """,
            """
            DROP TRIGGER policy_value_keep ON policy_value;
            DROP TRIGGER calendar_day_keep ON calendar_day;
            DROP FUNCTION districts_history_grows_only();
            ALTER TABLE policy_value DROP CONSTRAINT policy_value_days_ck, DROP CONSTRAINT policy_value_district_fk;
            DROP INDEX calendar_day_last;
            ALTER TABLE calendar_day DROP CONSTRAINT calendar_day_kind_ck;
            ALTER TABLE school_import DROP CONSTRAINT school_import_state_ck, DROP CONSTRAINT school_import_file_fk,
                DROP CONSTRAINT school_import_district_fk;
            DROP INDEX school_credit_code_once; DROP INDEX school_code_once; DROP INDEX school_name_once;
            ALTER TABLE school DROP CONSTRAINT school_name_ck, DROP CONSTRAINT school_district_fk;
            ALTER TABLE district DROP CONSTRAINT district_code_ck;
            """,
        ),
    ]
