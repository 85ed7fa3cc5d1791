"""Which IAM principals exist. EKS refuses an access entry or association for one that does not."""

import re

from moto.eks.models import EKSBackend
from moto.iam.models import iam_backends

_PRINCIPAL = re.compile(r"^arn:aws[a-z-]*:iam::(?P<account>\d{12}):(?P<kind>role|user)/(?P<path>.+)$")


def exists(backend: EKSBackend, arn: str) -> bool:
    """True when the ARN is that of a role or user. One of another account is taken on trust, as EKS does."""
    match = _PRINCIPAL.match(arn or "")
    if not match:
        return False
    if match["account"] != backend.account_id:
        return True
    iam = iam_backends[backend.account_id][backend.partition]
    known = iam.roles.values() if match["kind"] == "role" else iam.users.values()
    return any(principal.arn == arn for principal in known)


def role_exists(backend: EKSBackend, arn: str) -> bool:
    """As `exists`, and a role."""
    return ":role/" in (arn or "") and exists(backend, arn)


def kind_and_name(arn: str) -> tuple[str, str]:
    """("role", "name") of a principal's ARN, its path left out."""
    match = _PRINCIPAL.match(arn)
    return (match["kind"], match["path"].rsplit("/", 1)[-1]) if match else ("role", arn)
