"""The command that packs Huitu for a machine without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.artifacts import cache_dir, class_path
from huitu.bundle import write_bundle
from huitu.console import err, out
from huitu.neo4j import report_progress

__all__ = ["bundle"]

_ROOT = Path(__file__).parents[1]


def bundle(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Archive (.tar) or folder to write; it must not exist yet.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace an archive.")] = False,
) -> None:
    """Pack Huitu with all that it needs, to install it where there is no network: `sh install.sh` in the bundle."""
    if output.suffix in {".zip", ".gz", ".tgz", ".xz"}:
        raise typer.BadParameter("a bundle is a .tar or a folder; what is in it is compressed already")
    with report_progress() as progress:
        jars = [*class_path("neo4j", progress=progress), *class_path("hanlp", progress=progress)]
        digest = write_bundle(_ROOT, jars, cache_dir(), output, force=force, progress=progress)
    err.print(f"The bundle is written to {output}. There: unpack it, then 'sh install.sh'.", markup=False)
    out.print(f"{digest}  MANIFEST.sha256")
