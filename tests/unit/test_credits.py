"""Credits: ours take the place of the page's English ones, and what the Chinese page says of itself stays."""

from desktop_app.domain.credits import effective, made_here, only_in_chinese, told
from desktop_app.domain.people import Person, Role
from desktop_app.domain.policy import DRAFT_REVISION, POLICIES
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import Credit, VersionNumber

LI = Person("li", "LI Wei", "李蔚", (Role.TRANSLATOR,))
SIGNED = {"draft": SignOff("1", "draft", "li", "2024-01-29T08:00:00Z", "d", "d", VersionNumber(1, 0), "")}
COLLEGE = Credit("draft", "供稿", ("材料学院",))
PHOTO = Credit("photo", "摄影", ("顾安",))
EARLIER = Credit("draft", "Draft", ("SUN Yue",))
IMPORTED = (EARLIER, COLLEGE, PHOTO)
OURS = (Credit("draft", "Draft", ("LI Wei",)),)
OURS_ZH = (Credit("draft", "翻译", ("李蔚",)),)


def test_signing_the_draft_credits_the_translation() -> None:
    assert made_here(DRAFT_REVISION, SIGNED, {"li": LI}, chinese=False) == OURS
    assert made_here(DRAFT_REVISION, SIGNED, {"li": LI}, chinese=True) == OURS_ZH


def test_no_policy_takes_the_source_page_s_word_for_its_text() -> None:
    labels = {step.credit.zh for policy in POLICIES.values() for step in policy.steps if step.credit is not None}
    assert "供稿" not in labels


def test_the_english_of_the_page_gives_way_and_its_chinese_stays() -> None:
    assert effective(IMPORTED, OURS, chinese=False) == OURS
    assert effective(IMPORTED, OURS_ZH, chinese=True) == (*OURS_ZH, COLLEGE, PHOTO)
    assert effective(IMPORTED, (), chinese=False) == (EARLIER,)


def test_a_chinese_line_that_came_home_is_not_printed_twice() -> None:
    assert effective((*OURS_ZH, COLLEGE), OURS_ZH, chinese=True) == (*OURS_ZH, COLLEGE)


def test_one_list_has_every_person_once_and_the_page_s_own_lines() -> None:
    assert told(OURS, (*OURS_ZH, COLLEGE, PHOTO)) == (*OURS, COLLEGE, PHOTO)
    assert told((), (*OURS_ZH, COLLEGE)) == (*OURS_ZH, COLLEGE)


def test_the_page_s_own_line_stays_where_its_wording_is_ours() -> None:
    reviser, theirs = Credit("revision", "审校", ("王敏",)), Credit("revision", "审校", ("周教授",))
    assert only_in_chinese((Credit("revision", "Revision", ("WANG Min",)),), (reviser, theirs)) == (theirs,)
