"""The audit log in words: every act that the portal writes down has some."""

import ast

from portal.districts import log_words
from tests.guards import house


def written() -> set[str]:
    """The acts that use cases write to the audit log by name."""
    found = set()
    for path in house.sources("portal"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="audit"), attr="record"), args=args):
                    found |= {one.value for arg in args[1:2] for one in ast.walk(arg) if isinstance(one, ast.Constant)}
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="steps"), attr="written"),
                    args=[_, ast.Constant(value=str(event)), *_],
                ):
                    found.add(f"application.{event}")
    return {str(one) for one in found}


def test_every_act_in_the_log_has_words() -> None:
    acts = {one for one in written() if "." in one}
    assert {"application.accept", "school.add", "account.close"} <= acts
    assert {act for act in acts if log_words.action(act) == act} - {"application."} == set()


def test_a_fingerprint_is_shortened_and_a_sentence_is_not() -> None:
    assert log_words.inside("ab" * 32) == "abababababab…"
    assert log_words.inside("申请人已补正，材料齐全") == "申请人已补正，材料齐全"
