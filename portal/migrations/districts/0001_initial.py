from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('day', fields.DateField(db_index=True)),
                ('kind', fields.CharField(max_length=10)),
                ('name', fields.CharField(db_default='', max_length=40)),
                ('cite', fields.CharField(max_length=200)),
                ('entered', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('entered_by', fields.CharField(max_length=80)),
            ],
            options={'table': 'calendar_day', 'app': 'districts', 'pk_attr': 'id', 'table_description': 'What the city says of a day, over the shipped calendar; nothing is overwritten, the last entry counts.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('year', fields.IntField(unique=True)),
                ('cite', fields.CharField(max_length=200)),
                ('entered', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'calendar_year', 'app': 'districts', 'pk_attr': 'id', 'table_description': 'A year whose holidays have been announced and entered: deadlines in it are no longer provisional.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='District',
            fields=[
                ('code', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=6)),
                ('name', fields.CharField(unique=True, max_length=40)),
                ('authority', fields.CharField(max_length=60)),
                ('mark', fields.CharField(unique=True, max_length=12)),
                ('telephone', fields.CharField(db_default='', max_length=40)),
                ('address', fields.CharField(db_default='', max_length=120)),
                ('court', fields.CharField(max_length=60)),
                ('review_authority', fields.CharField(max_length=60)),
                ('has_standard_code', fields.BooleanField(db_default=True)),
                ('is_active', fields.BooleanField(db_default=True)),
                ('version', fields.IntField(db_default=1)),
            ],
            options={'table': 'district', 'app': 'districts', 'pk_attr': 'code', 'table_description': "An authority that decides cases: its GB/T 2260 code or the city's own, and how its letters name it."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PolicyValue',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('name', fields.CharField(db_index=True, max_length=60)),
                ('value', fields.CharField(max_length=400)),
                ('district', fields.CharField(null=True, max_length=6)),
                ('since', fields.DateField()),
                ('until', fields.DateField(null=True)),
                ('cite', fields.CharField(max_length=60)),
                ('reason', fields.CharField(max_length=200)),
                ('checked_on', fields.DateField()),
                ('entered', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('entered_by', fields.CharField(max_length=80)),
            ],
            options={'table': 'policy_value', 'app': 'districts', 'pk_attr': 'id', 'table_description': "A bureau's own dated value over the shipped one: for the city, or for one district. Nothing is overwritten."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='School',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('district', fields.CharField(db_index=True, max_length=6)),
                ('name', fields.CharField(max_length=80)),
                ('name_key', fields.CharField(max_length=80)),
                ('code', fields.CharField(db_default='', max_length=20)),
                ('credit_code', fields.CharField(db_default='', max_length=18)),
                ('premises', fields.CharField(db_default='', max_length=200)),
                ('stages', fields.CharField(db_default='', max_length=40)),
                ('is_active', fields.BooleanField(db_default=True)),
                ('version', fields.IntField(db_default=1)),
                ('created', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'school', 'app': 'districts', 'pk_attr': 'id', 'table_description': "A primary or secondary school on its district's list; `name_key` is its name as names are compared."},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SchoolImport',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('district', fields.CharField(db_index=True, max_length=6)),
                ('file_id', fields.BigIntField()),
                ('added', fields.IntField()),
                ('changed', fields.IntField()),
                ('state', fields.CharField(max_length=10)),
                ('created', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('created_by', fields.CharField(max_length=80)),
            ],
            options={'table': 'school_import', 'app': 'districts', 'pk_attr': 'id', 'table_description': 'A list of schools that was handed in and waits to be confirmed, with what it would change.'},
            bases=['Model'],
        ),
    ]
