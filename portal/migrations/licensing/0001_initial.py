from tortoise import migrations
from tortoise.migrations import operations as ops
import functools
from json import dumps, loads
from tortoise import fields


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Application",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("number", fields.CharField(null=True, unique=True, max_length=60)),
                ("kind", fields.CharField(max_length=20)),
                ("district", fields.CharField(db_index=True, max_length=6)),
                ("institution_id", fields.BigIntField(db_index=True)),
                ("name", fields.CharField(default="", max_length=120)),
                ("state", fields.CharField(db_index=True, max_length=30)),
                ("version", fields.IntField(default=1)),
                ("round", fields.IntField(default=0)),
                ("created", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("updated_by", fields.CharField(max_length=80)),
                ("submitted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("accepted_on", fields.DateField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("examiner_id", fields.BigIntField(null=True, db_index=True)),
                ("recommended_by", fields.BigIntField(null=True)),
                ("decided_by", fields.BigIntField(null=True)),
                ("due_on", fields.DateField(null=True, db_index=True)),
                ("licence_number", fields.CharField(null=True, max_length=15)),
                ("is_demo", fields.BooleanField(default=False)),
            ],
            options={
                "table": "application",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "A case: one institution's application to one district; a state change is a conditional update of `version`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Clock",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField(db_index=True)),
                ("code", fields.CharField(unique=True, max_length=24)),
                ("kind", fields.CharField(max_length=20)),
                ("step", fields.CharField(max_length=30)),
                ("event_on", fields.DateField()),
                ("limit", fields.JSONField(encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads)),
                (
                    "promised",
                    fields.JSONField(null=True, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads),
                ),
                ("due_on", fields.DateField(db_index=True)),
                ("promised_on", fields.DateField(null=True)),
                ("is_provisional", fields.BooleanField(default=False)),
                ("reminded", fields.CharField(default="", max_length=20)),
                ("ended_on", fields.DateField(null=True)),
            ],
            options={
                "table": "application_clock",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "A running or ended time limit of a case; `code` opens the page that explains it day by day.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Event",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField(db_index=True)),
                ("happened", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("event", fields.CharField(max_length=30)),
                ("role", fields.CharField(max_length=20)),
                ("account_id", fields.BigIntField(null=True)),
                ("state", fields.CharField(max_length=30)),
                ("note", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "application_event",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "One line of the timeline that both sides follow.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Gap",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField(db_index=True)),
                ("round", fields.IntField()),
                ("target", fields.CharField(max_length=40)),
                ("remark", fields.TextField(unique=False)),
                ("cites", fields.CharField(max_length=60)),
            ],
            options={
                "table": "application_gap",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "One thing that a correction notice asks for: a section or a material slot, with the remark.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Judgement",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField()),
                ("round", fields.IntField()),
                ("about", fields.CharField(max_length=80)),
                ("verdict", fields.CharField(max_length=20)),
                ("remark", fields.TextField(default="", unique=False)),
                ("by", fields.BigIntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "application_judgement",
                "app": "licensing",
                "unique_together": (("application_id", "round", "about"),),
                "pk_attr": "id",
                "table_description": "An examiner's verdict on one material, or on one finding of the checks, in one round.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Material",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField(db_index=True)),
                ("slot", fields.CharField(max_length=40)),
                ("file_id", fields.BigIntField()),
                ("name", fields.CharField(max_length=120)),
                ("pages", fields.IntField(default=0)),
                (
                    "page_files",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("added_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("round", fields.IntField(default=0)),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "application_material",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "An uploaded file in its named slot; taken out by date, never deleted once handed in.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Notice",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("key", fields.CharField(unique=True, max_length=120)),
                ("application_id", fields.BigIntField(db_index=True)),
                ("side", fields.CharField(max_length=20)),
                ("kind", fields.CharField(max_length=30)),
                ("text", fields.CharField(max_length=300)),
                ("happened", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "application_notice",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "Something that a person should see: a reminder, a letter, a changed date.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Opinion",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField(db_index=True)),
                ("kind", fields.CharField(max_length=20)),
                ("outcome", fields.CharField(default="", max_length=20)),
                (
                    "reasons",
                    fields.JSONField(
                        default=list, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("text", fields.TextField(default="", unique=False)),
                (
                    "facts",
                    fields.JSONField(
                        default=dict, encoder=functools.partial(dumps, separators=(",", ":")), decoder=loads
                    ),
                ),
                ("by", fields.BigIntField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "application_opinion",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "A recommendation, a decision, an extension or a visit, as it was written; never overwritten.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Pause",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("clock_id", fields.BigIntField(db_index=True)),
                ("ground", fields.CharField(max_length=20)),
                ("starts", fields.DateField()),
                ("ends", fields.DateField()),
            ],
            options={
                "table": "application_pause",
                "app": "licensing",
                "pk_attr": "id",
                "table_description": "Days on which a clock stands still, both included, with the ground that the law allows.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Section",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField()),
                ("name", fields.CharField(max_length=30)),
                ("sealed", fields.TextField(unique=False)),
                ("is_complete", fields.BooleanField(default=False)),
                ("saved_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "application_section",
                "app": "licensing",
                "unique_together": (("application_id", "name"),),
                "pk_attr": "id",
                "table_description": "One section's answers, sealed: they hold people's ID numbers.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Submission",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("application_id", fields.BigIntField()),
                ("round", fields.IntField()),
                ("sealed", fields.TextField(unique=False)),
                ("submitted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "application_submission",
                "app": "licensing",
                "unique_together": (("application_id", "round"),),
                "pk_attr": "id",
                "table_description": "What was handed in, each time, sealed: the reviewer's evidence and both sides' comparison.",
            },
            bases=["Model"],
        ),
    ]
