"""A closed case shows its checks as they stood when it was closed."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("licensing", "0002_long_tables")]
    operations = [
        ops.CreateModel(
            name="KeptOutcome",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField(unique=True)),
                ("judged_on", fields.DateField()),
                ("sealed", fields.TextField(unique=False)),
            ],
            options={
                "table": "application_outcome",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "The checks of a closed case as they stood on that day, sealed: later days and values don't change them.",
            },
            bases=["Model"],
        ),
    ]
