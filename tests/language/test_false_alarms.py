"""How often the checks cry wolf over translations that professionals made."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.findings import Severity
from desktop_app.language.checks import Pair, run_checks

_MOST = {Severity.ERROR: 0.005, Severity.WARNING: 0.01, Severity.NOTE: 0.03}  # of the segments, for one check


def test_false_alarms_are_rare(shared_data: Callable[[str], Path]) -> None:
    documents = json.loads(shared_data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8"))
    count = 0
    flagged: Counter[tuple[str, Severity]] = Counter()
    errors = warnings = 0
    for document in documents:
        pairs = [
            Pair(str(number), document["zh"][source[0]], document["en"][target[0]])
            for number, (source, target) in enumerate(document["beads"])
            if len(source) == len(target) == 1
        ]
        count += len(pairs)
        findings = run_checks(pairs)
        flagged.update((check, severity) for _, check, severity in {(f.segment, f.check, f.severity) for f in findings})
        errors += len({f.segment for f in findings if f.severity is Severity.ERROR})
        warnings += len({f.segment for f in findings if f.severity is Severity.WARNING})
    assert count > 1000
    assert {key: n for key, n in flagged.items() if n > _MOST[key[1]] * count} == {}
    assert errors <= 0.005 * count
    assert warnings <= 0.015 * count
