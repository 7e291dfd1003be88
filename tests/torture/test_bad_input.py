"""Whatever comes in, is opened or refused with a sentence: a few hundred of what `make torture` tries."""

from __future__ import annotations

import pytest

from tests.torture.bad_pictures import BadPictures
from tests.torture.bad_projects import BadJournals, BadProjects
from tests.torture.bad_weights import BadWeights
from tests.torture.trials import Became, Trial, tally

SEED = 1  # other mutants than those of `make torture`


@pytest.mark.parametrize(
    ("trial", "count"),
    [
        (BadPictures(SEED), 600),
        (BadProjects(SEED), 150),
        (BadJournals(SEED), 100),
        (BadWeights(SEED), 300),
    ],
    ids=["pictures", "projects", "journals", "weights"],
)
def test_damaged_files_are_opened_or_refused(trial: Trial, count: int) -> None:
    if isinstance(trial, BadWeights):
        pytest.importorskip("torch")
    result = tally(trial, count, lanes=1)
    assert not result.broken, result.broken[0].details
    assert result.counts[Became.OPENED] + result.counts[Became.REFUSED] == count
    assert min(result.counts[Became.OPENED], result.counts[Became.REFUSED]) > 0
