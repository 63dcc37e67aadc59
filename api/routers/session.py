"""The session of the page: a key is entered once, and a cookie that no script can read stands for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request, Response
from pydantic import BaseModel, Field, SecretStr, StringConstraints

from api.access import COOKIE, OPEN, caller, session_of
from api.errors import Unauthorized, documented
from api.guard import WRITES
from api.keys import SESSION_LIFE, KeyStore, Scope
from api.routing import Router

__all__ = ["router"]

router = Router(prefix="/v1/session", tags=["session"], dependencies=[OPEN])


class NewSession(BaseModel):
    """The key with which a session is opened."""

    key: Annotated[SecretStr, StringConstraints(max_length=200)]


class Session(BaseModel):
    """Who asks, and what they may do."""

    name: str | None = Field(description="The name of the key; null where keys are not in use.")
    scopes: list[Scope]


@router.get("", summary="Who asks, and what they may do", responses=documented())
def session(request: Request) -> Session:
    """By the key or the session that is sent along; where keys are not in use, everyone may do everything."""
    key = caller(request)
    if key is not None:
        return Session(name=key.name, scopes=sorted(key.scopes))
    if request.app.state.keys is not None:
        raise Unauthorized
    return Session(name=None, scopes=sorted(Scope))


@router.post("", status_code=201, summary="Open a session", responses=documented(*WRITES, "unauthorized"))
def open_session(request: Request, response: Response, new: NewSession) -> Session:
    """Sets a cookie for twelve hours at most; it ends with the key. Where keys are not in use, none is opened."""
    keys: KeyStore | None = request.app.state.keys
    opened = keys.open_session(new.key.get_secret_value()) if keys else None
    if opened is None:
        raise Unauthorized
    session, secret = opened
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return Session(name=session.name, scopes=sorted(session.scopes))


@router.delete("", status_code=204, summary="End the session", responses=documented(*WRITES))
def end_session(request: Request, response: Response) -> None:
    """Of the cookie; without one nothing happens."""
    keys: KeyStore | None = request.app.state.keys
    secret = session_of(request)
    if keys and secret:
        keys.end_session(secret)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=request.url.scheme == "https")
