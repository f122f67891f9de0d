"""How often the checks cry wolf over translations that professionals made."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.findings import Severity
from desktop_app.language.checks import Pair, run_checks


def test_false_alarms_are_rare(shared_data: Callable[[str], Path]) -> None:
    documents = json.loads(shared_data("alignment/news-wmt22/wmt22-en-zh-news.clean.json").read_text("utf-8"))
    count = 0
    flagged: Counter[Severity] = Counter()
    for document in documents:
        pairs = [
            Pair(str(number), document["zh"][source[0]], document["en"][target[0]])
            for number, (source, target) in enumerate(document["beads"])
            if len(source) == len(target) == 1
        ]
        count += len(pairs)
        flagged.update(severity for _, severity in {(f.segment, f.severity) for f in run_checks(pairs)})
    assert count > 1000
    assert flagged[Severity.ERROR] <= 0.005 * count
    assert flagged[Severity.WARNING] <= 0.01 * count
    assert flagged[Severity.NOTE] <= 0.03 * count
