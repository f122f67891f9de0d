"""The termbase in an archive: entries, their rules, and files taken in whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from office import Office
from sqlalchemy import select

from desktop_app.desk.desk import Changes, Desk, Progress
from desktop_app.desk.operations import OPERATIONS
from desktop_app.desk.terms import (
    MAX_FORM,
    add_term,
    all_terms,
    change_term,
    export_terms,
    find_term,
    find_terms,
    import_terms,
    people_of_archive,
    remove_term,
    search_terms,
    suggest_person,
)
from desktop_app.desk.verification import verify
from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.errors import CancelledError, InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import terms as store
from desktop_app.store.models import EventRow


def events(desk: Desk) -> list[str]:
    with desk.archive.read() as session:
        return list(session.scalars(select(EventRow.operation).order_by(EventRow.sequence)))


def table(folder: Path, text: str, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_an_entry_is_kept_with_all_its_fields_and_one_event(office: Office) -> None:
    desk = office.desk
    before = events(desk)
    term, changes = add_term(
        desk, " 北京 工业大学 ".replace(" ", ""), "Beijing  University of Technology", kind=TermKind.ORGANISATION,
        source_short=["北工大"], short="BJUT", allowed=["Beijing Tech", ""], forbidden=["Peking Tech"], note="a\nb",
        by=office["li"],
    )  # fmt: skip
    assert changes == Changes(terms=True) | Changes()
    assert all_terms(desk) == (term,)
    assert term.target == "Beijing University of Technology"
    assert term.allowed == ("Beijing Tech",)
    assert events(desk) == [*before, "term added"]
    assert not verify(desk).problems


def test_adding_the_same_pair_again_unites_the_lists(desk: Desk) -> None:
    first, _ = add_term(desk, "校长", "president", forbidden=["rector"])
    second, changes = add_term(desk, "校长", "president", forbidden=["headmaster"], note="n")
    assert second == replace(first, forbidden=("rector", "headmaster"), note="n")
    assert changes.terms
    again, changes = add_term(desk, "校长", "president", forbidden=["rector"])
    assert (again, changes) == (second, Changes())
    assert events(desk).count("term changed") == 1


def test_one_source_may_have_two_targets_but_no_contradiction(desk: Desk) -> None:
    add_term(desk, "主任", "director", forbidden=["boss"])
    add_term(desk, "主任", "dean")
    before = all_terms(desk)
    for wanted in ({"target": "boss"}, {"target": "chair", "forbidden": ["dean"]}, {"target": "x", "forbidden": ["x"]},
                   {"target": "dean", "allowed": ["boss"]}):  # fmt: skip
        with pytest.raises(WrongUsageError):
            add_term(desk, "主任", **wanted)  # type: ignore[arg-type]
    assert all_terms(desk) == before


@pytest.mark.parametrize(("source", "target"), [("", "x"), ("校长", "  "), ("长" * (MAX_FORM + 1), "x"), ("\x00", "x")])
def test_an_entry_that_cannot_be_kept_is_refused(desk: Desk, source: str, target: str) -> None:
    with pytest.raises(WrongUsageError):
        add_term(desk, source, target)
    assert all_terms(desk) == ()


def test_an_entry_is_changed_and_removed(desk: Desk) -> None:
    term, _ = add_term(desk, "校长", "rector")
    changed, changes = change_term(desk, replace(term, target="president", forbidden=("rector",)))
    assert changes.terms
    assert all_terms(desk) == (changed,)
    assert change_term(desk, changed) == (changed, Changes())
    other, _ = add_term(desk, "校长", "principal")
    with pytest.raises(WrongUsageError):
        change_term(desk, replace(other, target="president"))
    with pytest.raises(WrongUsageError):
        change_term(desk, replace(other, id="nobody"))
    assert remove_term(desk, term.id) == Changes(terms=True)
    with pytest.raises(WrongUsageError):
        remove_term(desk, term.id)
    assert all_terms(desk) == (other,)
    assert not verify(desk).problems


def test_every_operation_has_its_sentence(desk: Desk, tmp_path: Path) -> None:
    term, _ = add_term(desk, "校长", "rector")
    change_term(desk, replace(term, note="n"))
    remove_term(desk, term.id)
    import_terms(desk, table(tmp_path, "zh,en\n院长,dean\n"))
    assert set(events(desk)) >= {"term added", "term changed", "term removed", "terms imported"}
    assert set(events(desk)) <= set(OPERATIONS)


def test_terms_are_found_by_id_by_source_and_by_both(desk: Desk) -> None:
    director, _ = add_term(desk, "主任", "director")
    dean, _ = add_term(desk, "主任", "dean")
    rector, _ = add_term(desk, "校长", "president")
    assert find_term(desk, director.id) == director
    assert find_term(desk, "主任=dean") == dean
    assert find_term(desk, " 校长 ") == rector
    for wrong in ("主任", "院长", ""):
        with pytest.raises(WrongUsageError):
            find_term(desk, wrong)
    assert [one.term for one in find_terms(desk, "校长和主任")] == [rector, director, dean]
    assert search_terms(desk, "ＤＥＡＮ") == (dean,)
    assert len(search_terms(desk, "")) == 3
    with desk.archive.read() as session:
        assert store.count(session) == 3
        assert store.get(session, dean.id) == dean


def test_a_person_has_one_name_across_the_archive(desk: Desk) -> None:
    add_term(desk, "校长", "president")
    person, _ = add_term(desk, "马云", "Jack Ma", kind=TermKind.PERSON)
    assert people_of_archive(desk) == (person,)
    assert suggest_person(desk, "马云") == "Jack Ma"
    assert suggest_person(desk, "单田芳") == "SHAN Tianfang"
    assert suggest_person(desk, "的") == ""


def test_an_import_adds_changes_and_leaves_what_the_file_does_not_speak_of(desk: Desk, tmp_path: Path) -> None:
    old, _ = add_term(desk, "校长", "president", forbidden=["rector"], note="kept", short="P")
    same, _ = add_term(desk, "院士", "academician")
    file = table(
        tmp_path, "zh,en,forbidden\n校长,president,headmaster\n院士,academician,\n院长,dean,\n院长,dean,boss\n"
    )
    taken = import_terms(desk, file)
    assert [term.source for term in taken.added] == ["院长"]
    assert taken.changed == (replace(old, forbidden=("headmaster",)),)
    assert taken.unchanged == 1
    assert taken.changes.terms
    assert all_terms(desk) == (taken.changed[0], same, replace(taken.added[0], forbidden=("boss",)))
    again = import_terms(desk, table(tmp_path, "zh,en\n校长,president\n"))
    assert (again.added, again.changed, again.unchanged, again.changes) == ((), (), 1, Changes())
    assert events(desk).count("terms imported") == 1
    assert not verify(desk).problems


def test_a_contradiction_is_left_out_and_told(desk: Desk, tmp_path: Path) -> None:
    ours, _ = add_term(desk, "校长", "president", forbidden=["rector"])
    taken = import_terms(
        desk, table(tmp_path, "zh,en,forbidden\n校长,rector,\n校长,principal,president\n院长,dean,dean\n")
    )
    assert [(one.ours.target, one.theirs.target, one.word) for one in taken.conflicts] == [
        ("president", "rector", "rector"),
        ("president", "principal", "president"),
        ("dean", "dean", "dean"),
    ]
    assert all_terms(desk) == (ours,)


def test_a_file_is_taken_in_whole_or_not_at_all(desk: Desk, tmp_path: Path) -> None:
    before = events(desk)
    with pytest.raises(InputRefusedError):
        import_terms(desk, table(tmp_path, "zh,en\n校长,president\n院长,\n"))
    with pytest.raises(WrongUsageError):
        import_terms(desk, table(tmp_path, f"zh,en\n校长,president\n院长,{'x' * (MAX_FORM + 1)}\n"))

    def stop() -> None:
        raise CancelledError(N_("Stopped."))

    with pytest.raises(CancelledError):
        import_terms(desk, table(tmp_path, "zh,en\n校长,president\n"), progress=Progress(check=stop))
    assert all_terms(desk) == ()
    assert events(desk) == before


@pytest.mark.parametrize("ending", [".tbx", ".csv", ".tsv"])
def test_what_goes_out_comes_into_another_archive_the_same(desk: Desk, tmp_path: Path, ending: str) -> None:
    term, _ = add_term(
        desk, "北京工业大学", "Beijing University of Technology", kind=TermKind.ORGANISATION, source_short=["北工大"],
        short="BJUT", allowed=["a; b", "c|d"], forbidden=["=x"], note="两行\n备注",
    )  # fmt: skip
    written = export_terms(desk, tmp_path / f"terms{ending}")
    assert len(written.sha256) == 64
    assert import_terms(desk, written.path).unchanged == 1
    remove_term(desk, term.id)
    (back,) = import_terms(desk, written.path).added
    assert replace(back, id=term.id) == term
    assert Term("", "x", "y") not in all_terms(desk)


def test_an_empty_termbase_goes_out_and_comes_in(desk: Desk, tmp_path: Path) -> None:
    for ending in (".tbx", ".csv"):
        assert import_terms(desk, export_terms(desk, tmp_path / f"e{ending}").path).changes == Changes()
    with pytest.raises(WrongUsageError):
        export_terms(desk, tmp_path / "terms.pdf")


def test_thousands_of_terms_are_taken_in_quickly(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"术语{n},term {n}\n" for n in range(3000))
    taken = import_terms(desk, table(tmp_path, "zh,en\n" + rows))
    assert len(taken.added) == len(all_terms(desk)) == 3000
    assert len(find_terms(desk, "术语2999和术语1")) == 2
