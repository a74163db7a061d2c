"""Questions that the database answers alone: each names what contradicts itself, and names nothing where all is well.

They read the tables themselves: a checker that asked the features' own queries would believe their mistakes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What must hold, in words, and the SQL that lists (as `what`) everything for which it doesn't."""

    name: str
    title: str
    sql: str


QUESTIONS = (
    Question(
        "licence-numbers",
        "每个区县的许可证号从 1 起连续，没有空号重号",
        "WITH used AS (SELECT district, count(*) AS count, max(substr(number, 9, 6)::int) AS top FROM licence"
        " GROUP BY district), given AS (SELECT split_part(series, ':', 2) AS district, reached FROM counter"
        " WHERE series LIKE 'licence:%') SELECT 'licence:' || district AS what FROM used FULL JOIN given"
        " USING (district) WHERE coalesce(count, 0) <> coalesce(reached, 0) OR coalesce(top, 0) <> coalesce(reached, 0)",
    ),
    Question(
        "licence-districts",
        "许可证号里的区县就是发证的区县",
        "SELECT 'licence:' || id AS what FROM licence WHERE substr(number, 2, 6) <> district",
    ),
    Question(
        "one-licence",
        "每件准予的申请有且只有一个许可证号",
        "SELECT 'application:' || a.id AS what FROM application a LEFT JOIN licence l ON l.number = a.licence_number"
        " WHERE (a.state IN ('granted', 'issued')) <> (l.id IS NOT NULL) OR (SELECT count(*) FROM application b"
        " WHERE b.licence_number = a.licence_number) > 1",
    ),
    Question(
        "a-case-for-each-licence",
        "每个许可证都出自一件准予的申请",
        "SELECT 'licence:' || l.id AS what FROM licence l WHERE NOT l.is_demo AND NOT EXISTS"
        " (SELECT 1 FROM application a WHERE a.licence_number = l.number AND a.state IN ('granted', 'issued'))",
    ),
    Question(
        "certificates",
        "每件准予的申请有一份正本和一份副本，发证的都已制作",
        "SELECT 'application:' || a.id AS what FROM application a CROSS JOIN (VALUES ('certificate'), ('duplicate'))"
        " AS k(kind) WHERE a.state IN ('granted', 'issued') AND (SELECT count(*) FROM document d WHERE d.kind = k.kind"
        " AND d.subject = 'application:' || a.id AND d.number LIKE '%' || a.licence_number || '%'"
        " AND (a.state = 'granted' OR d.state = 'made')) <> 1",
    ),
    Question(
        "two-people",
        "作决定的人不是审查的人",
        "SELECT 'application:' || id AS what FROM application WHERE decided_by IN (examiner_id, recommended_by)",
    ),
    Question(
        "papers-to-make",
        "每份等待制作的文书都有一件待办工作",
        "SELECT 'document:' || d.id AS what FROM document d WHERE d.state = 'promised' AND NOT EXISTS (SELECT 1"
        " FROM outbox_job o WHERE o.topic = 'document.issue' AND (o.body ->> 'document_id')::bigint = d.id"
        " AND o.done_at IS NULL AND o.dead_at IS NULL)",
    ),
    Question(
        "made-papers",
        "每份做好的文书都有文件，哈希一致",
        "SELECT 'document:' || d.id AS what FROM document d LEFT JOIN stored_file f ON f.id = d.file_id"
        " WHERE d.state = 'made' AND f.sha256 IS DISTINCT FROM d.signed_sha256",
    ),
    Question(
        "limits",
        "每件申请至多有一个正在计算的期限，与列表上的日期一致",
        "SELECT 'application:' || a.id AS what FROM application a LEFT JOIN application_clock c"
        " ON c.application_id = a.id AND c.ended_on IS NULL GROUP BY a.id HAVING count(c.id) > 1"
        " OR max(c.due_on) IS DISTINCT FROM a.due_on OR (count(c.id) > 0 AND a.state IN ('draft', 'not-required', 'wrong-authority', 'correction-requested',"
        " 'refused', 'issued', 'withdrawn'))",
    ),
    Question(
        "audited",
        "每件申请现在的状态都写在审计记录里",
        "SELECT 'application:' || a.id AS what FROM application a WHERE a.state <> 'draft' AND a.state IS DISTINCT FROM"
        " (SELECT e.details ->> 'state' FROM audit_entry e WHERE e.subject = 'application:' || a.id"
        " AND e.details ->> 'state' IS NOT NULL ORDER BY e.id DESC LIMIT 1)",
    ),
    Question(
        "uploads",
        "每份上传的材料都有文件",
        "SELECT 'material:' || m.id AS what FROM application_material m LEFT JOIN stored_file f ON f.id = m.file_id"
        " WHERE f.id IS NULL",
    ),
    Question(
        "submissions",
        "每次提交都留有当时的内容",
        "SELECT 'application:' || a.id AS what FROM application a WHERE a.round <> (SELECT count(*)"
        " FROM application_submission s WHERE s.application_id = a.id)",
    ),
    Question(
        "dead-jobs",
        "没有失败到底的工作",
        "SELECT 'job:' || id || ' (' || topic || ')' AS what FROM outbox_job"
        " WHERE dead_at IS NOT NULL AND done_at IS NULL",
    ),
    Question(
        "late-jobs",
        "没有久等无人办理的工作",
        "SELECT 'job:' || id || ' (' || topic || ')' AS what FROM outbox_job WHERE done_at IS NULL AND dead_at IS NULL"
        " AND lease_until IS NULL AND ready_at < now() - interval '10 minutes'",
    ),
    Question(
        "leases",
        "没有超过时限的占用",
        "SELECT 'job:' || id || ' (' || topic || ')' AS what FROM outbox_job WHERE done_at IS NULL AND dead_at IS NULL"
        " AND lease_until < now() - interval '10 minutes'",
    ),
)
