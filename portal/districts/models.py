"""The tables of districts. No methods: store.py alone reads and writes them."""

from tortoise import fields
from tortoise.models import Model


class District(Model):
    """An authority that decides cases: its GB/T 2260 code or the city's own, and how its letters name it."""

    code = fields.CharField(max_length=6, primary_key=True)
    name = fields.CharField(max_length=40, unique=True)
    authority = fields.CharField(max_length=60)
    mark = fields.CharField(max_length=12, unique=True)
    telephone = fields.CharField(max_length=40, db_default="")
    address = fields.CharField(max_length=120, db_default="")
    court = fields.CharField(max_length=60)
    review_authority = fields.CharField(max_length=60)
    has_standard_code = fields.BooleanField(db_default=True)
    version = fields.IntField(db_default=1)

    class Meta:
        table = "district"


class School(Model):
    """A primary or secondary school on its district's list; `name_key` is its name as names are compared."""

    id = fields.BigIntField(primary_key=True)
    district = fields.CharField(max_length=6, db_index=True)
    name = fields.CharField(max_length=80)
    name_key = fields.CharField(max_length=80)
    code = fields.CharField(max_length=20, db_default="")
    credit_code = fields.CharField(max_length=18, db_default="")
    premises = fields.CharField(max_length=200, db_default="")
    stages = fields.CharField(max_length=40, db_default="")
    is_active = fields.BooleanField(db_default=True)
    version = fields.IntField(db_default=1)
    created = fields.DatetimeField()

    class Meta:
        table = "school"


class SchoolImport(Model):
    """A list of schools that was handed in and waits to be confirmed, with what it would change."""

    id = fields.BigIntField(primary_key=True)
    district = fields.CharField(max_length=6, db_index=True)
    file_id = fields.BigIntField()
    added = fields.IntField()
    changed = fields.IntField()
    state = fields.CharField(max_length=10)
    created = fields.DatetimeField()
    created_by = fields.CharField(max_length=80)

    class Meta:
        table = "school_import"


class CalendarDay(Model):
    """What the city says of a day, over the shipped calendar; nothing is overwritten, the last entry counts."""

    id = fields.BigIntField(primary_key=True)
    day = fields.DateField(db_index=True)
    kind = fields.CharField(max_length=10)
    name = fields.CharField(max_length=40, db_default="")
    cite = fields.CharField(max_length=200)
    entered = fields.DatetimeField()
    entered_by = fields.CharField(max_length=80)

    class Meta:
        table = "calendar_day"


class CalendarYear(Model):
    """A year whose holidays have been announced and entered: deadlines in it are no longer provisional."""

    id = fields.BigIntField(primary_key=True)
    year = fields.IntField(unique=True)
    cite = fields.CharField(max_length=200)
    entered = fields.DatetimeField()

    class Meta:
        table = "calendar_year"


class PolicyValue(Model):
    """A bureau's own dated value over the shipped one: for the city, or for one district. Nothing is overwritten."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=60, db_index=True)
    value = fields.CharField(max_length=400)
    district = fields.CharField(max_length=6, null=True)
    since = fields.DateField()
    until = fields.DateField(null=True)
    cite = fields.CharField(max_length=60)
    reason = fields.CharField(max_length=200)
    checked_on = fields.DateField()
    entered = fields.DatetimeField()
    entered_by = fields.CharField(max_length=80)

    class Meta:
        table = "policy_value"
