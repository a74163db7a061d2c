"""A paper that stopped may be made with newer templates and fonts: what it says stays frozen, nothing was printed."""

from tortoise import migrations
from tortoise.migrations import operations as ops

KEEP = """
    CREATE OR REPLACE FUNCTION document_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a promised paper stays'; END IF;
        IF (OLD.kind, OLD.subject, OLD.number, OLD.code, OLD.facts, OLD.decided_at) IS DISTINCT FROM
           (NEW.kind, NEW.subject, NEW.number, NEW.code, NEW.facts, NEW.decided_at) OR
           ({when}(OLD.template_version, OLD.fonts_version) IS DISTINCT FROM
           (NEW.template_version, NEW.fonts_version)) THEN RAISE EXCEPTION 'the facts of a paper are frozen'; END IF;
        IF OLD.state = 'made' AND (OLD.file_id, OLD.unsigned_sha256, OLD.signed_sha256) IS DISTINCT FROM
           (NEW.file_id, NEW.unsigned_sha256, NEW.signed_sha256) THEN
           RAISE EXCEPTION 'a made paper keeps its file'; END IF;
        RETURN NEW;
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_guards")]
    operations = [ops.RunSQL(KEEP.format(when="OLD.state <> 'stopped' AND "), KEEP.format(when=""))]
