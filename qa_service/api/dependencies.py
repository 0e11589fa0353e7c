"""What every route is given: the services, and whether the caller may change data."""

import hmac
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request

from qa_service.bootstrap import Services
from qa_service.errors import Unauthorised


def services_of(request: Request) -> Services:
    """Return the services that the application was started with."""
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(services_of)]


def require_admin(services: ServicesDep, x_admin_key: Annotated[str, Header()] = "") -> None:
    """Let the call pass only with the administrator's key. Raises Unauthorised.

    Hashes are compared, in constant time, so that neither content nor length shows in the time taken.
    """
    key = services.settings.admin_key
    if key is None or not same_key(x_admin_key, key.get_secret_value()):
        raise Unauthorised


def same_key(given: str, wanted: str) -> bool:
    """Return whether two keys are equal, in constant time."""
    return hmac.compare_digest(sha256(given.encode()).digest(), sha256(wanted.encode()).digest())
