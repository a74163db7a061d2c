"""Rules of accounts: passwords, addresses to go on to, whom an administrator answers for, how logins are written."""

import pytest
from pydantic import ValidationError

from portal.accounts import rules
from portal.accounts.rules import may_look_after, own_path, password_fault
from portal.base.actor import Actor
from schemas.accounts import Register, normalised_login

CITY = Actor("city-admin", 1)
YUZHONG = Actor("district-admin", 2, district="500103")


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("Lantern-Orchard-58", True),
        ("九曲黄河万里沙浪淘风簸", True),
        ("kt7!wq2-zr", True),  # ten signs: the shortest
        ("kt7!wq2-z", False),
        ("a" * 129, False),
        ("aaaaaaaaaaaa", False),
        ("1234567890", False),
        ("qwertyuiop123", False),
        ("password12345", False),
        ("woaini1234567", False),
        ("zhang.san-2026-xk", False),  # holds the login
    ],
)
def test_a_password_is_long_and_hard_to_guess(password, is_good):
    assert (password_fault(password, "zhang.san@example.com") == "") is is_good


@pytest.mark.parametrize("address", ["/apply", "/review?tab=mine", "/registry?q=%E6%B8%9D", "/admin/users/3"])
def test_after_log_in_one_goes_on_to_an_own_page(address):
    assert own_path(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "apply", "//evil.example", "/\\evil.example", "\\\\evil", "https://evil.example/", "javascript:alert(1)",
     "/a\r\nSet-Cookie: x", "/\tevil", "/login", "/logout", "/ x", "///evil.example"],
)  # fmt: skip
def test_another_sites_address_is_never_followed(address):
    assert own_path(address) == ""


@pytest.mark.parametrize(
    ("actor", "role", "district", "may"),
    [
        (CITY, "city-admin", None, True),
        (CITY, "clerk", None, True),
        (YUZHONG, "examiner", "500103", True),
        (YUZHONG, "district-admin", "500103", True),
        (YUZHONG, "examiner", "500112", False),
        (YUZHONG, "city-admin", None, False),
        (YUZHONG, "clerk", None, False),
        (Actor("examiner", 3, district="500103"), "examiner", "500103", False),
        (Actor("auditor", 4), "examiner", "500103", False),
        (Actor("district-admin", 5), "auditor", None, False),
    ],
)
def test_an_administrator_answers_for_the_own_districts_staff(actor, role, district, may):
    assert may_look_after(actor, role, district) is may


def test_only_the_citys_administrator_gives_roles_of_the_city():
    assert set(rules.grantable(CITY)) == set(rules.STAFF)
    assert set(rules.grantable(YUZHONG)) == set(rules.DISTRICT_ROLES)
    assert rules.grantable(Actor("auditor", 4)) == ()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Zhang.San@Example.COM ", "zhang.san@example.com"),
        ("１３８００００１１１１", "13800001111"),
        ("+86 138-0000-1111", "13800001111"),
        ("138 0000 1111", "13800001111"),
    ],
)
def test_a_login_has_one_written_form(written, kept):
    assert normalised_login(written) == kept


@pytest.mark.parametrize("written", ["", "张三", "12800001111", "1380000111", "a@b", "a b@example.com", "a@example"])
def test_what_is_no_address_and_no_mobile_is_refused(written):
    with pytest.raises(ValueError, match="填写邮箱或 11 位手机号码"):
        normalised_login(written)


def test_a_form_takes_no_field_that_it_does_not_name():
    with pytest.raises(ValidationError):
        Register.model_validate({"login": "a@example.com", "name": "甲", "password": "x", "role": "city-admin"})
