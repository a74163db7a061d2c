"""Licence numbers in code point order, so that the beginning of a number finds its licences by index."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("institutions", "0002_search")]
    operations = [
        ops.RunSQL(
            'ALTER TABLE licence ALTER COLUMN number TYPE varchar(15) COLLATE "C";',
            'ALTER TABLE licence ALTER COLUMN number TYPE varchar(15) COLLATE "default";',
        ),
    ]
