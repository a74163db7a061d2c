"""Tables of licence applications. No methods: store.py alone reads and writes them."""

from tortoise import fields
from tortoise.models import Model


class Application(Model):
    """A case: one institution's application to one district; a state change is a conditional update of `version`."""

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=60, null=True, unique=True)
    kind = fields.CharField(max_length=20)
    district = fields.CharField(max_length=6, db_index=True)
    institution_id = fields.BigIntField(db_index=True)
    name = fields.CharField(max_length=120, default="")
    state = fields.CharField(max_length=30, db_index=True)
    version = fields.IntField(default=1)
    round = fields.IntField(default=0)
    created = fields.DatetimeField()
    updated = fields.DatetimeField()
    updated_by = fields.CharField(max_length=80)
    submitted_at = fields.DatetimeField(null=True)
    accepted_on = fields.DateField(null=True)
    decided_at = fields.DatetimeField(null=True)
    examiner_id = fields.BigIntField(null=True, db_index=True)
    recommended_by = fields.BigIntField(null=True)
    decided_by = fields.BigIntField(null=True)
    due_on = fields.DateField(null=True, db_index=True)
    licence_number = fields.CharField(max_length=15, null=True)
    is_demo = fields.BooleanField(default=False)

    class Meta:
        table = "application"


class Section(Model):
    """One section's answers, sealed: they hold people's ID numbers."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField()
    name = fields.CharField(max_length=30)
    sealed = fields.TextField()
    is_complete = fields.BooleanField(default=False)
    saved_at = fields.DatetimeField()

    class Meta:
        table = "application_section"
        unique_together = (("application_id", "name"),)


class Submission(Model):
    """What was handed in, each time, sealed: the reviewer's evidence and both sides' comparison."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField()
    round = fields.IntField()
    sealed = fields.TextField()
    submitted_at = fields.DatetimeField()

    class Meta:
        table = "application_submission"
        unique_together = (("application_id", "round"),)


class Material(Model):
    """An uploaded file in its named slot; taken out by date, never deleted once handed in."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField(db_index=True)
    slot = fields.CharField(max_length=40)
    file_id = fields.BigIntField()
    name = fields.CharField(max_length=120)
    pages = fields.IntField(default=0)
    page_files: list[int] = fields.JSONField(default=list)
    added_at = fields.DatetimeField()
    round = fields.IntField(default=0)
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "application_material"


class Judgement(Model):
    """An examiner's verdict on one material, or on one finding of the checks, in one round."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField()
    round = fields.IntField()
    about = fields.CharField(max_length=80)
    verdict = fields.CharField(max_length=20)
    remark = fields.TextField(default="")
    by = fields.BigIntField()
    at = fields.DatetimeField()

    class Meta:
        table = "application_judgement"
        unique_together = (("application_id", "round", "about"),)


class Gap(Model):
    """One thing that a correction notice asks for: a section or a material slot, with the remark."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField(db_index=True)
    round = fields.IntField()
    target = fields.CharField(max_length=40)
    remark = fields.TextField()
    cites = fields.CharField(max_length=60)

    class Meta:
        table = "application_gap"


class Event(Model):
    """One line of the timeline that both sides follow."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField(db_index=True)
    happened = fields.DatetimeField()
    event = fields.CharField(max_length=30)
    role = fields.CharField(max_length=20)
    account_id = fields.BigIntField(null=True)
    state = fields.CharField(max_length=30)
    note = fields.TextField(default="")

    class Meta:
        table = "application_event"


class Clock(Model):
    """A running or ended time limit of a case; `code` opens the page that explains it day by day."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField(db_index=True)
    code = fields.CharField(max_length=24, unique=True)
    kind = fields.CharField(max_length=20)
    step = fields.CharField(max_length=30)
    event_on = fields.DateField()
    limit: dict[str, int] = fields.JSONField()
    promised: dict[str, int] | None = fields.JSONField(null=True)
    extended: dict[str, int] | None = fields.JSONField(null=True)
    cite = fields.CharField(max_length=60, db_default="")
    promised_cite = fields.CharField(max_length=60, db_default="")
    due_on = fields.DateField(db_index=True)
    promised_on = fields.DateField(null=True)
    is_provisional = fields.BooleanField(default=False)
    reminded = fields.CharField(max_length=20, default="")
    ended_on = fields.DateField(null=True)

    class Meta:
        table = "application_clock"


class Pause(Model):
    """Days on which a clock stands still, both included, with the ground that the law allows."""

    id = fields.BigIntField(primary_key=True)
    clock_id = fields.BigIntField(db_index=True)
    ground = fields.CharField(max_length=20)
    starts = fields.DateField()
    ends = fields.DateField()

    class Meta:
        table = "application_pause"


class Opinion(Model):
    """A recommendation, a decision, an extension or a visit, as it was written; never overwritten."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField(db_index=True)
    kind = fields.CharField(max_length=20)
    outcome = fields.CharField(max_length=20, default="")
    reasons: list[str] = fields.JSONField(default=list)
    text = fields.TextField(default="")
    facts: dict[str, object] = fields.JSONField(default=dict)
    by = fields.BigIntField()
    at = fields.DatetimeField()

    class Meta:
        table = "application_opinion"


class KeptOutcome(Model):
    """The checks of a closed case as they stood on that day, sealed: later days and values don't change them."""

    id = fields.BigIntField(primary_key=True)
    application_id = fields.BigIntField(unique=True)
    judged_on = fields.DateField()
    sealed = fields.TextField()

    class Meta:
        table = "application_outcome"


class Notice(Model):
    """Something that a person should see: a reminder, a letter, a changed date."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=120, unique=True)
    application_id = fields.BigIntField(db_index=True)
    side = fields.CharField(max_length=20)
    kind = fields.CharField(max_length=30)
    text = fields.CharField(max_length=300)
    happened = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)

    class Meta:
        table = "application_notice"
