"""What the registry searches by: characters and pairs of them in one GIN index; names in code point order."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial")]
    operations = [
        ops.RunSQL(
            """
            ALTER TABLE licence ADD COLUMN grams text[] NOT NULL DEFAULT '{}';
            ALTER TABLE licence ALTER COLUMN folded TYPE varchar(120) COLLATE "C";
            CREATE INDEX licence_grams ON licence USING gin (grams) WITH (fastupdate = off);
            CREATE INDEX licence_by_name ON licence (folded, id);
            CREATE INDEX licence_credit_code ON licence (credit_code) WHERE credit_code <> '';
            CREATE TABLE licence_dense_gram (gram text PRIMARY KEY, holders bigint NOT NULL);
            """,
            """
            DROP TABLE licence_dense_gram;
            DROP INDEX licence_credit_code;
            DROP INDEX licence_by_name;
            DROP INDEX licence_grams;
            ALTER TABLE licence DROP COLUMN grams;
            """,
        ),
    ]
