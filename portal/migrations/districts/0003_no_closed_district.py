"""No district is ever closed: the column was asked by nobody and set by nobody."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("districts", "0002_guards")]
    operations = [
        ops.RemoveField(model_name="District", name="is_active"),
    ]
