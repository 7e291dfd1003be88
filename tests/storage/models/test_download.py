"""Downloads from a hub on loopback: whole, interrupted, refused, damaged, too large."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from dalle_studio.core.errors import CannotWrite, DownloadFailed
from dalle_studio.core.sentence import Sentence
from dalle_studio.storage.models.catalogue import Source
from dalle_studio.storage.models.download import (
    Checking,
    Download,
    DownloadEvent,
    FailedDownload,
    Installed,
    Transfer,
)
from dalle_studio.storage.models.installed import damaged, find_model, partly_fetched, remove
from dalle_studio.storage.models.record import read_record
from dalle_studio.storage.models.verify import verify
from tests.hub import Hub, sha256
from tests.storage.models.shop import REPO, TINY, Fetch, entry, fill, followed, weights

UNET = "unet/diffusion_pytorch_model.safetensors"


def failure(events: list[DownloadEvent]) -> Exception:
    assert isinstance(events[-1], FailedDownload), events[-1]
    error = events[-1].error
    assert isinstance(error.message, Sentence) and isinstance(error.remedy, Sentence)
    return error


def come(bytes_done: int) -> Callable[[DownloadEvent], bool]:
    return lambda event: isinstance(event, Transfer) and event.bytes_done >= bytes_done


def test_a_model_is_fetched_at_one_commit_with_its_hashes(hub: Hub, models: Path) -> None:
    events = followed(Download(entry()))
    assert events[-1] == Installed("tiny")
    assert {event.file for event in events if isinstance(event, Checking)} == set(TINY)
    last = [event for event in events if isinstance(event, Transfer)][-1]
    assert last.bytes_done == last.bytes_total == sum(hub.served.values())
    record = read_record(models / "tiny")
    assert {file["commit"] for file in record["files"]} == {hub.commit(REPO)}
    assert {file["path"]: file["sha256"] for file in record["files"]} == {
        name: sha256(hub.folder / REPO / name) for name in TINY
    }
    model = find_model("tiny")
    assert model.version == hub.commit(REPO)[:12] and model.size_bytes == last.bytes_total
    assert not hub.leaked and not partly_fetched() and verify("tiny") == ()


def test_a_paused_download_is_invisible_and_goes_on_where_it_stopped(hub: Hub, models: Path) -> None:
    hub.faults.drip_bytes_per_s = 1_000_000
    download = Download(entry())
    followed(download, until=come(150_000))
    begun_s = time.monotonic()
    download.pause()
    assert time.monotonic() - begun_s < 0.5 and not download.is_running and download.poll() == ()
    kept = partly_fetched()["tiny"]
    assert kept >= 150_000 and not (models / "tiny").exists() and not damaged()
    hub.faults.drip_bytes_per_s = None
    hub.forget()
    events = followed(download)
    assert events[-1] == Installed("tiny")
    first = next(event for event in events if isinstance(event, Transfer))
    assert first.bytes_done > 140_000
    assert hub.total_served() <= sum(len((hub.folder / REPO / n).read_bytes()) for n in TINY) - 140_000


def test_a_killed_download_is_told_and_finished_files_are_not_fetched_again(hub: Hub, models: Path) -> None:
    hub.faults.drip_bytes_per_s = 1_500_000
    download = Download(entry())
    followed(download, until=come(500_000))
    assert download.pid is not None
    os.kill(download.pid, signal.SIGKILL)
    error = failure(followed(download))
    assert isinstance(error, DownloadFailed) and "goes on where it stopped" in error.remedy
    hub.faults.drip_bytes_per_s = None
    hub.forget()
    assert followed(download)[-1] == Installed("tiny")
    assert hub.served[f"{REPO}/{UNET}"] == 0
    assert 0 < hub.served[f"{REPO}/vae/model.safetensors"] < 310_000
    assert verify("tiny") == ()


def test_the_child_dies_with_its_parent(hub: Hub, models: Path) -> None:
    hub.faults.drip_bytes_per_s = 20_000
    code = (
        "import time\nfrom tests.storage.models.shop import *\n"
        "if __name__ == '__main__':\n"
        "    download = Download(entry())\n"
        "    followed(download, until=lambda event: getattr(event, 'bytes_done', 0) > 100)\n"
        "    print(download.pid, flush=True)\n    time.sleep(60)\n"
    )
    script = models.parents[2] / "parent.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    child.wait(5)


def test_a_branch_that_moves_on_does_not_mix_two_versions(hub: Hub, models: Path) -> None:
    hub.faults.drip_bytes_per_s = 1_000_000
    download = Download(entry())
    followed(download, until=come(100_000))
    download.pause()
    (hub.folder / REPO / "vae/model.safetensors").write_bytes(weights(seed=99))
    hub.faults.drip_bytes_per_s = None
    error = failure(followed(download))
    assert isinstance(error, DownloadFailed) and "not there any more" in error.message
    assert "withdrawn" in error.remedy and not (models / "tiny").exists()


def test_a_connection_that_drops_is_taken_up_again(hub: Hub, fetch: Fetch) -> None:
    hub.faults.drop_after, hub.faults.drops = 150_000, 1
    assert fetch(entry())[-1] == Installed("tiny")
    ours = hub.served[f"{REPO}/{UNET}"]
    assert ours <= (hub.folder / REPO / UNET).stat().st_size  # nothing twice


def test_a_server_that_knows_no_ranges_is_read_from_the_start(hub: Hub, fetch: Fetch, models: Path) -> None:
    hub.faults.drop_after, hub.faults.drops, hub.faults.ignores_ranges = 150_000, 1, True
    events = fetch(entry())
    assert events[-1] == Installed("tiny") and verify("tiny") == ()
    last = [event for event in events if isinstance(event, Transfer)][-1]
    assert last.bytes_done == last.bytes_total


def test_a_hub_that_stumbles_is_asked_again(hub: Hub, fetch: Fetch) -> None:
    hub.faults.errors = 2
    assert fetch(entry())[-1] == Installed("tiny")


def test_a_wrong_hash_is_fetched_once_more(hub: Hub, fetch: Fetch) -> None:
    hub.faults.wrong, hub.faults.wrongs = UNET, 1
    assert fetch(entry())[-1] == Installed("tiny")
    assert hub.served[f"{REPO}/{UNET}"] == 2 * (hub.folder / REPO / UNET).stat().st_size
    assert verify("tiny") == ()


def test_a_hash_that_stays_wrong_is_told(hub: Hub, models: Path, fetch: Fetch) -> None:
    hub.faults.wrong, hub.faults.wrongs = UNET, 9
    error = failure(fetch(entry()))
    assert isinstance(error, DownloadFailed) and "twice with a wrong hash" in error.message
    assert not (models / "tiny").exists() and not (models / ".incoming/tiny" / UNET).exists()


def test_a_gated_model_asks_for_a_token(hub: Hub, fetch: Fetch) -> None:
    hub.faults.gated.add(REPO)
    error = failure(fetch(entry()))
    assert isinstance(error, DownloadFailed) and "granted access" in error.message
    assert "https://example.org/tiny" in error.remedy and "models token" in error.remedy
    wrong = failure(fetch(entry(), token="hf_wrong"))
    assert isinstance(wrong, DownloadFailed) and "does not know the token" in wrong.message
    hub.faults.refused.add("hf_stranger")
    refused = failure(fetch(entry(), token="hf_stranger"))
    assert isinstance(refused, DownloadFailed) and "granted access" in refused.message
    assert "hf_" not in f"{error} {wrong} {wrong.details} {refused} {refused.details}"
    assert fetch(entry(), token=hub.faults.token)[-1] == Installed("tiny")
    assert not hub.leaked


def test_a_repository_or_revision_that_is_gone_is_told(hub: Hub, fetch: Fetch) -> None:
    gone = failure(fetch(entry("gone", Source("studio/gone", "main"))))
    assert isinstance(gone, DownloadFailed) and "not on the hub any more" in gone.message
    hub.faults.vanished = True
    withdrawn = failure(fetch(entry()))
    assert isinstance(withdrawn, DownloadFailed) and "not there any more" in withdrawn.message


def test_without_a_network_the_hub_is_named(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    from dalle_studio.storage.models import hub as fetching

    monkeypatch.setattr(fetching.constants, "ENDPOINT", "http://127.0.0.1:9")
    error = failure(fetch(entry()))
    assert (
        isinstance(error, DownloadFailed) and "127.0.0.1:9" in error.remedy and "HTTPS_PROXY" in error.remedy
    )


def test_pickles_are_never_fetched(hub: Hub, fetch: Fetch) -> None:
    fill(hub.folder, [*TINY, "unet/diffusion_pytorch_model.bin", "handler.py"])
    fill(
        hub.folder, ["model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.bin"], "studio/old"
    )
    assert fetch(entry())[-1] == Installed("tiny")
    assert not [name for name in hub.served if name.endswith((".bin", ".py"))]
    error = failure(fetch(entry("old", Source("studio/old", "main"))))
    assert isinstance(error, DownloadFailed) and "pickle" in error.message and "convert" in error.remedy
    assert find_model("tiny")


def test_one_failed_install_leaves_the_others_alone(hub: Hub, models: Path, fetch: Fetch) -> None:
    assert fetch(entry())[-1] == Installed("tiny")
    failure(fetch(entry("gone", Source("studio/gone", "main"))))
    (models / "broken").mkdir()
    assert find_model("tiny").label == "Tiny" and list(damaged()) == ["broken"]


def test_what_is_damaged_is_fetched_again_and_nothing_else(hub: Hub, models: Path, fetch: Fetch) -> None:
    own = {"scheduler/scheduler_config.json": {"spacing": "trailing"}}
    fetch(entry(files=own))
    assert verify("tiny") == ()
    (models / "tiny" / UNET).write_bytes(b"damaged")
    (models / "tiny/vae/model.safetensors").unlink()
    (models / "tiny/scheduler/scheduler_config.json").write_text("{}", encoding="utf-8")
    steps: list[tuple[int, int]] = []
    found = verify("tiny", lambda done, total: steps.append((done, total)))
    assert set(found) == {UNET, "vae/model.safetensors", "scheduler/scheduler_config.json"}
    assert steps == sorted(steps) and steps[-1][0] == steps[-1][1]
    hub.forget()
    assert fetch(entry(files=own))[-1] == Installed("tiny")
    assert set(hub.served) == {f"{REPO}/{UNET}", f"{REPO}/vae/model.safetensors"}
    assert verify("tiny") == () and not partly_fetched()
    scheduler = (models / "tiny/scheduler/scheduler_config.json").read_text(encoding="utf-8")
    assert json.loads(scheduler) == own["scheduler/scheduler_config.json"]


def test_a_lost_list_of_files_means_all_anew(hub: Hub, models: Path, fetch: Fetch) -> None:
    fetch(entry())
    (models / "tiny/studio.json").write_text("{", encoding="utf-8")
    assert list(damaged()) == ["tiny"]
    assert fetch(entry())[-1] == Installed("tiny")
    assert verify("tiny") == () and not damaged()


def test_a_download_that_was_given_up_is_removed(hub: Hub, models: Path) -> None:
    hub.faults.drip_bytes_per_s = 1_000_000
    download = Download(entry())
    followed(download, until=come(50_000))
    download.pause()
    assert remove("tiny") >= 50_000 and not partly_fetched()


def test_two_at_once_are_one_too_many(hub: Hub) -> None:
    hub.faults.drip_bytes_per_s = 20_000
    first, second = Download(entry()), Download(entry())
    followed(first, until=come(1000))
    error = failure(followed(second))
    assert isinstance(error, DownloadFailed) and "another Dalle Studio" in error.message
    first.pause()


def test_too_little_space_is_told_before_anything_comes(
    hub: Hub, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dalle_studio.storage.models import hub as fetching

    free = fetching.RESERVE_BYTES + 100_000
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    error = failure(fetch(entry()))
    assert isinstance(error, CannotWrite) and "needs 800 KB more, and 1.1 GB to spare" in error.message
    assert "remove a model" in error.remedy and not hub.served


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk in memory can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_keeps_what_has_come(
    hub: Hub, fetch: Fetch, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dalle_studio.storage.models import hub as fetching

    monkeypatch.setattr(fetching, "RESERVE_BYTES", -(1024**3))
    error = failure(fetch(entry(), folder=small_disk))
    assert isinstance(error, CannotWrite) and "disk is full" in error.message
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    hub.forget()
    assert fetch(entry(), folder=small_disk)[-1] == Installed("tiny")
    assert hub.total_served() < 400_000 and (small_disk / "tiny/studio.json").is_file()
