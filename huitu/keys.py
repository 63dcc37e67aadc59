"""The commands keys: make, list and revoke the keys of the API."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from api.keys import Key, KeyStore, Kind, Scope
from graph.settings import GraphSettings, load_settings
from huitu.console import err, out, print_json

__all__ = ["app", "key_store"]

app = typer.Typer(no_args_is_help=True, help="Make, list and revoke keys of the API.")


@contextlib.contextmanager
def key_store(settings: GraphSettings) -> Iterator[KeyStore]:
    """The keys in the data folder."""
    with contextlib.closing(KeyStore(settings.data_dir / "keys.sqlite")) as store:
        yield store


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Who holds it; what it decides is recorded under this name.")],
    scopes: Annotated[
        list[Scope] | None, typer.Option("--scope", help="What it may do (default: read); may be given again.")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=36500, help="Days until it ends.")] = None,
    path_token: Annotated[
        bool, typer.Option("--path-token", help="A token for /t/TOKEN/v1/...: it reads, and needs no header.")
    ] = False,
) -> None:
    """Make a key and print its secret, which is shown this once."""
    kind = Kind.PATH_TOKEN if path_token else Kind.KEY
    expires = None if days is None else datetime.now(UTC) + timedelta(days=days)
    with key_store(load_settings()) as store:
        _, secret = store.create(name, scopes or [Scope.READ], expires=expires, kind=kind)
    err.print("Keep it: it cannot be shown again.")
    out.print(secret)


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False) -> None:
    """List all keys, also those that ended; never their secrets."""
    with key_store(load_settings()) as store:
        keys = store.keys()
    if as_json:
        print_json([_record(key) for key in keys])
        return
    for key in keys:
        state = f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else "in force"
        if key.expires and not key.revoked:
            state = f"{'ended' if key.expires <= datetime.now(UTC) else 'until'} {key.expires:%Y-%m-%d}"
        out.print(f"{key.prefix}…  {key.name}  {','.join(sorted(key.scopes))}  {state}")


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Name or prefix of the key.")]) -> None:
    """End a key at once, and every session that was opened with it."""
    with key_store(load_settings()) as store:
        key = store.revoke(name)
    out.print(f"Revoked {key.prefix}…  {key.name}")


def _record(key: Key) -> dict[str, object]:
    return {
        "prefix": key.prefix,
        "kind": key.kind.name.lower(),
        "name": key.name,
        "scopes": sorted(key.scopes),
        "created": key.created.isoformat(),
        "expires": key.expires.isoformat() if key.expires else None,
        "revoked": key.revoked.isoformat() if key.revoked else None,
    }
