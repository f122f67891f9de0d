"""The house's rules for sentences: those that travel with the program, an archive's own, and SRX files in and out.

Rules are data from outside. They are read and checked before they are written; where an archive was altered by other
hands, its rules give way to the program's.
"""

import json
import logging
from functools import cache, lru_cache
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.outputs import write_files
from desktop_app.domain.people import Person
from desktop_app.exchange.srx import MAX_BYTES, read_srx, write_srx
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.resources import resource
from desktop_app.language.sentences.export import with_own_rules
from desktop_app.language.sentences.rules import SegmentationRules, data_of, rules_of
from desktop_app.store import people as facts

_FACT = "sentence-rules"
_log = logging.getLogger(__name__)


@cache
def default_rules() -> SegmentationRules:
    """The rules that travel with the program, ``resources/rules/sentences.json``."""
    return rules_of(json.loads(resource("rules", "sentences.json").read_text("utf-8")))


def sentence_rules(desk: Desk) -> SegmentationRules:
    """The archive's rules, else the program's."""
    with desk.archive.read() as session:
        stored = facts.fact(session, _FACT)
    if not stored:
        return default_rules()
    try:
        return _kept(stored)
    except (ValueError, RecursionError, InputRefusedError) as error:
        _log.warning("the archive's rules for sentences cannot be used, the program's own are taken: %s", error)
        return default_rules()


def set_sentence_rules(desk: Desk, rules: SegmentationRules | None, *, by: Person | None = None) -> Changes:
    """Give the archive other rules; None goes back to the program's.

    Raises:
        InputRefusedError: a rule cannot be used; the place names it.
    """
    data = None if rules is None else data_of(rules)
    if data is not None:
        rules_of(data)
    with desk.archive.write() as unit:
        facts.set_fact(unit.session, _FACT, json.dumps(data, ensure_ascii=False) if data else "")
        unit.record("sentence rules set", person=by.id if by else None)
    return Changes()


def read_rules(path: Path) -> SegmentationRules:
    """Read the rules of an SRX file, or of a JSON file as ``resources/rules/sentences.json`` is one.

    Raises:
        InputRefusedError: it cannot be read, or a rule cannot be used; the place names it.
    """
    data = read_file(path, MAX_BYTES)
    try:
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return read_srx(data, str(path))
        return rules_of(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise InputRefusedError(
            N_("This is not JSON: {why}", why=str(error)),
            subject=str(path),
            advice=N_("“diptych rules show” prints the rules as they stand."),
        ) from error
    except InputRefusedError as error:
        error.subject = error.subject or str(path)
        error.advice = error.advice or N_("“diptych rules show” prints the rules as they stand.")
        raise


def export_rules(rules: SegmentationRules, path: Path) -> int:
    """Write rules with the program's own behind them as SRX 2.0; returns how many rules there are.

    Raises:
        ArchiveUnavailableError: the file cannot be written.
    """
    whole = with_own_rules(rules)
    write_files([(path, write_srx(whole))])
    return sum(len(one.rules) for one in whole.languages)


def rules_text(rules: SegmentationRules) -> str:
    """Write rules as the JSON that ``read_rules`` reads."""
    return json.dumps(data_of(rules), ensure_ascii=False, indent=1)


@lru_cache(maxsize=4)
def _kept(stored: str) -> SegmentationRules:
    return rules_of(json.loads(stored))
