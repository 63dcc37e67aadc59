"""Which addresses of storage the command line takes; others are refused before anything is connected to."""

from __future__ import annotations

import sys
from pathlib import Path

import offline
import pytest
from test_cli import environment, huitu

from extract.errors import StorageError
from extract.shards import Folder
from extract.sources import read_documents
from huitu.loading import _source

OTHERS = (
    "ftp://203.0.113.9/news",
    "http://203.0.113.9/news",
    "github://someone:news@main/a.txt",
    "git://203.0.113.9/news",
    "webhdfs://203.0.113.9/news",
    "smb://203.0.113.9/news/a.txt",
    "gopher://203.0.113.9/",
    "dir://x::ftp://203.0.113.9/news",
    "simplecache::s3://bucket/a.txt",
    "zip://a.txt::https://203.0.113.9/news.zip",
    "s3://bucket/a::ftp://203.0.113.9/news",
    "FTP://203.0.113.9/news",
)
COMMANDS = """
for address in "$@"; do
  for command in "extract $address" "shard $address -o $PWD/out" "shard a.txt -o $address" "load $address"; do
    timeout 60 "$PYTHON" -m huitu $command && exit 1
  done
done
echo refused
"""
REACHES = "import fsspec, sys; fsspec.filesystem('ftp', host='203.0.113.9', timeout=1)"


@pytest.mark.parametrize("address", OTHERS)
def test_other_addresses_are_refused_wherever_one_may_be_given(address: str) -> None:
    for use in (Folder, _source, lambda given: list(read_documents([given], on_skip=print))):
        with pytest.raises(StorageError, match="is no address of a storage") as refused:
            use(address)
        assert refused.value.hint is not None and "s3://" in refused.value.hint


def test_a_password_in_an_address_is_not_repeated() -> None:
    for address in ("ftp://someone:secret@203.0.113.9/news", "s3://key:secret@bucket/news"):
        with pytest.raises(StorageError) as refused:
            Folder(address)
        assert "secret" not in str(refused.value)


@offline.NEEDED
def test_what_is_refused_was_not_connected_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("晨光大学与云溪科学院签署合作协议。\n")
    network, control = tmp_path / "network", tmp_path / "control"
    network.mkdir()
    control.mkdir()
    _, found = offline.reached([sys.executable, "-c", REACHES], control, environment())
    assert found == ["tcp 203.0.113.9 21"], "the test of the test: what is reached is seen"
    job = ["env", "-C", tmp_path, "bash", "-c", COMMANDS, "bash", OTHERS[0]]
    done, found = offline.reached(job, network, environment(PYTHON=sys.executable))
    assert "refused" in done.stdout and found == []
    assert done.stderr.count("is no address of a storage") == 4, done.stderr


def test_the_command_says_which_addresses_there_are() -> None:
    done = huitu("extract", "ftp://203.0.113.9/news")
    assert done.returncode == 1 and b"s3://" in done.stderr and b"Traceback" not in done.stderr
