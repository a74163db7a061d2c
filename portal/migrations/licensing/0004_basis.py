"""A limit keeps the articles that it was begun under, so that its page says the same after the policy has changed."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("licensing", "0003_kept_outcomes")]
    operations = [
        ops.AddField(model_name="Clock", name="cite", field=fields.CharField(db_default="", max_length=60)),
        ops.AddField(model_name="Clock", name="promised_cite", field=fields.CharField(db_default="", max_length=60)),
    ]
