"""What comes of a job belongs to the moment that was told of, where a history was being written when it was asked for."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("base", "0003_long_tables")]
    operations = [
        ops.AddField(
            model_name="OutboxJob",
            name="told_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
