"""A limit keeps by how much its promise was moved: a calendar or a pause that changes later doesn't take that back."""

import functools
from json import dumps, loads

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("licensing", "0004_basis")]
    operations = [
        ops.AddField(
            model_name="Clock",
            name="extended",
            field=fields.JSONField(
                null=True, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
            ),
        ),
    ]
