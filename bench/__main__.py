"""All benchmarks in one run: ratios to baselines measured beside them, as JSON and as a page with plots.

    python -m bench [--only NAME ...] [--quick] [--corenlp] [--out FOLDER]

Each runs in a process of its own, one after the other; what they print goes to standard error. ``results.json`` and
``index.html`` are written to FOLDER. Where one fails the others still run, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bench.goals import ratios
from bench.page import render
from graph.workers import cores

__all__ = ["BENCHMARKS", "Benchmark", "run"]

ROOT = Path(__file__).resolve().parents[1]
_DOCUMENTS, _FEW_DOCUMENTS = 1000, 150


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module that measures something when it is run, and writes its figures where ``--json`` says.

    Args:
        name: by which it is chosen and told about.
        module: the module.
        arguments: of the usual run.
        quick: arguments of a smoke run.
        extractions: whether it reads them from where ``--extractions`` says.
        options: arguments of any run.
    """

    name: str
    module: str
    arguments: str = ""
    quick: str = ""
    extractions: bool = False
    options: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark(
        "extraction",
        "bench.extraction",
        "--documents 100 --rounds 5 --memory 1000",
        "--documents 20 --rounds 1 --memory 0",
    ),
    Benchmark(
        "loading",
        "bench.loading",
        "--documents 300 --bulk-documents 1000 --rounds 3",
        "--documents 50 --bulk-documents 150 --rounds 1",
        extractions=True,
    ),
    Benchmark(
        "questions",
        "bench.questions",
        "--documents 1000 --rounds 3 --seconds 0.8",
        "--documents 150 --rounds 1 --seconds 0.1 --clients 1",
        extractions=True,
    ),
    Benchmark("exports", "bench.exports", "--entities 10000 --rounds 3", "--entities 1000 --rounds 1"),
    Benchmark(
        "identity", "bench.identity", "--documents 300 --rounds 3", "--documents 50 --rounds 1", extractions=True
    ),
)


def run(benchmarks: Sequence[Benchmark], out: Path, *, quick: bool = False) -> dict[str, str]:
    """Run benchmarks one after the other, and write ``results.json`` and ``index.html``.

    Args:
        benchmarks: which.
        out: the folder to write to; it is made.
        quick: whether their quick arguments count.

    Returns:
        Why each benchmark failed that did.
    """
    figures: dict[str, Any] = {}
    failed: dict[str, str] = {}
    took: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        extractions = Path(folder) / "extractions.jsonl"
        if any(each.extractions for each in benchmarks):
            number = _FEW_DOCUMENTS if quick else _DOCUMENTS
            took["corpus"] = _run("corpus", "bench.corpus", [str(extractions), f"--documents={number}"], failed)
        for each in benchmarks:
            found = Path(folder) / f"{each.name}.json"
            arguments = [f"--json={found}", *(each.quick if quick else each.arguments).split(), *each.options]
            if each.extractions:
                arguments.append(f"--extractions={extractions}")
            took[each.name] = _run(each.name, each.module, arguments, failed)
            if each.name not in failed:
                figures[each.name] = json.loads(found.read_text("utf8"))
    results = {
        "huitu": version("huitu"),
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "machine": _machine(),
        "ratios": [ratio.to_json() for ratio in ratios(figures)],
        "failed": failed,
        "seconds": took,
        "figures": figures,
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf8")
    (out / "index.html").write_bytes(render(results))
    return failed


def _run(name: str, module: str, arguments: Iterable[str], failed: dict[str, str]) -> float:
    """Run a module to its end; the seconds that it took. What it prints is for the terminal."""
    sys.stderr.write(f"{name} ...\n")
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-m", module, *arguments], stdout=sys.stderr, check=False)
    if done.returncode:
        failed[name] = f"exit code {done.returncode}"
    return round(time.monotonic() - begin, 1)


def _machine() -> dict[str, Any]:
    """What figures depend on; neither names nor places."""
    return {
        "cores": cores(),
        "memory, GiB": round(psutil.virtual_memory().total / 2**30, 1),
        "Python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
    }


def main(arguments: Sequence[str] | None = None, benchmarks: Sequence[Benchmark] = BENCHMARKS) -> int:
    """Run the benchmarks that are asked for; the exit code.

    Args:
        arguments: of the command line; None: those of the process.
        benchmarks: what there is.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = [each.name for each in benchmarks]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--quick", action="store_true", help="a smoke run of a minute or two")
    parser.add_argument("--corenlp", action="store_true", help="compare extraction with Stanford CoreNLP too (1.6 GB)")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench", help="folder to write to")
    options = parser.parse_args(arguments)
    chosen = [each for each in benchmarks if each.name in options.only]
    if options.corenlp:
        chosen = [replace(e, options=("--corenlp",)) if e.name == "extraction" else e for e in chosen]
    failed = run(chosen, options.out, quick=options.quick)
    for name, why in failed.items():
        sys.stderr.write(f"{name} failed: {why}\n")
    sys.stderr.write(f"written: {os.path.relpath(options.out / 'index.html')}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
