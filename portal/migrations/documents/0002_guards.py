"""What a paper prints never changes; a letter's number is given out once; a made paper has its file."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("base", "0001_initial")]
    operations = [
        ops.RunSQL(
            """
            CREATE UNIQUE INDEX document_letter_number ON document (number)
                WHERE kind NOT IN ('certificate', 'duplicate');
            ALTER TABLE document ADD CONSTRAINT document_state_known
                CHECK (state IN ('promised', 'made', 'stopped'));
            ALTER TABLE document ADD CONSTRAINT document_made_has_file
                CHECK ((state = 'made') = (file_id IS NOT NULL AND made_at IS NOT NULL AND signed_sha256 <> ''));
            ALTER TABLE document ADD CONSTRAINT document_file_fk FOREIGN KEY (file_id) REFERENCES stored_file (id);
            CREATE FUNCTION document_facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a promised paper stays'; END IF;
                IF (OLD.kind, OLD.subject, OLD.number, OLD.code, OLD.facts, OLD.template_version, OLD.fonts_version,
                    OLD.decided_at) IS DISTINCT FROM
                   (NEW.kind, NEW.subject, NEW.number, NEW.code, NEW.facts, NEW.template_version, NEW.fonts_version,
                    NEW.decided_at) THEN RAISE EXCEPTION 'the facts of a paper are frozen'; END IF;
                IF OLD.state = 'made' AND (OLD.file_id, OLD.unsigned_sha256, OLD.signed_sha256) IS DISTINCT FROM
                   (NEW.file_id, NEW.unsigned_sha256, NEW.signed_sha256) THEN
                   RAISE EXCEPTION 'a made paper keeps its file'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER document_keep BEFORE UPDATE OR DELETE ON document
                FOR EACH ROW EXECUTE FUNCTION document_facts_stay();
            """,
            """
            DROP TRIGGER document_keep ON document;
            DROP FUNCTION document_facts_stay();
            ALTER TABLE document DROP CONSTRAINT document_file_fk;
            ALTER TABLE document DROP CONSTRAINT document_made_has_file;
            ALTER TABLE document DROP CONSTRAINT document_state_known;
            DROP INDEX document_letter_number;
            """,
        ),
    ]
