"""How often the checks cry wolf over translations that professionals made."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.findings import Severity
from desktop_app.language.checks import Pair, run_checks


@pytest.mark.parametrize(
    ("severity", "most"), [(Severity.ERROR, 0.005), (Severity.WARNING, 0.01), (Severity.NOTE, 0.03)]
)
def test_false_alarms_are_rare(severity: Severity, most: float, shared_data: Callable[[str], Path]) -> None:
    documents = json.loads(shared_data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8"))
    count = flagged = 0
    for document in documents:
        pairs = [
            Pair(str(number), document["zh"][source[0]], document["en"][target[0]])
            for number, (source, target) in enumerate(document["beads"])
            if len(source) == len(target) == 1
        ]
        count += len(pairs)
        flagged += len({finding.segment for finding in run_checks(pairs) if finding.severity is severity})
    assert count > 1000
    assert flagged <= most * count
