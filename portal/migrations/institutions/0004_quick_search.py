"""Quick search over a million licences: runs of three characters in the index, filters beside them, lean rows.

The pieces stand outside the rows (they are read by the index alone), a walk by name reads one index and no rows, and
licences that ended by an act have an index of their own.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("institutions", "0003_number_order")]
    operations = [
        ops.RunSQL(
            """
            ALTER TABLE licence ADD COLUMN marks text[] NOT NULL DEFAULT '{}';
            ALTER TABLE licence ALTER COLUMN grams SET STORAGE EXTERNAL;
            UPDATE licence SET
                marks = ARRAY(SELECT gram FROM unnest(grams) AS gram WHERE gram ~ '^=[dcs].' ORDER BY gram COLLATE "C"),
                grams = ARRAY(SELECT gram FROM (
                    SELECT unnest(grams) AS gram
                    UNION SELECT substr(folded, n, 3) FROM generate_series(1, length(folded) - 2) AS n
                    UNION SELECT substr(place, n, 3) FROM generate_series(1, length(place) - 2) AS n
                    UNION SELECT '~' || substr(sound, n, 3) FROM generate_series(1, length(sound) - 2) AS n
                    UNION SELECT '^' || substr(initials, n, 3) FROM generate_series(1, length(initials) - 2) AS n
                ) AS every ORDER BY gram COLLATE "C");
            DROP INDEX licence_by_name;
            CREATE INDEX licence_by_name ON licence (folded, id)
                INCLUDE (place, sound, initials, marks, ending, valid_to);
            CREATE INDEX licence_ended ON licence (ending, folded, id) WHERE ending <> '';
            """,
            """
            DROP INDEX licence_ended;
            DROP INDEX licence_by_name;
            CREATE INDEX licence_by_name ON licence (folded, id);
            ALTER TABLE licence ALTER COLUMN grams SET STORAGE EXTENDED;
            ALTER TABLE licence DROP COLUMN marks;
            """,
        ),
    ]
