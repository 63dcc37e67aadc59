"""A client for the HTTP API, typed: one method an operation, made from the service's own description.

    with Client("http://127.0.0.1:8000") as huitu:
        for person in huitu.people(min_documents=2):
            print(person["name"])

Lists are iterated over all their pages. Answers are the JSON as it comes, typed as dictionaries, which
`huitu.client.operations` describes.
"""

from __future__ import annotations

from huitu.client.operations import Client
from huitu.client.transport import NotFound, Refused, ServiceError, ServiceProblem, ServiceUnreachable, Unavailable

__all__ = ["Client", "NotFound", "Refused", "ServiceError", "ServiceProblem", "ServiceUnreachable", "Unavailable"]
