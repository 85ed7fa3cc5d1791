"""IAM's quotas, which moto does not keep: what would only fail in a real account fails here too.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import inspect
import re
from typing import Any, Callable

from moto.iam.exceptions import LimitExceededException
from moto.iam.models import IAMBackend

POLICY_SIZE = 6144
TRUST_POLICY_SIZE = 2048
INLINE_POLICIES_SIZE = 10240
POLICIES_PER_ROLE = 10

Check = Callable[[IAMBackend, dict[str, Any]], None]


def _size(document: str) -> int:
    """Characters without white space, which IAM does not count."""
    return len(re.sub(r"\s", "", document))


def _policy(_: IAMBackend, call: dict[str, Any]) -> None:
    if _size(call["policy_document"]) > POLICY_SIZE:
        raise LimitExceededException(f"Cannot exceed quota for PolicySize: {POLICY_SIZE}")


def _trust(_: IAMBackend, call: dict[str, Any]) -> None:
    document = call.get("assume_role_policy_document") or call.get("policy_document") or ""
    if _size(document) > TRUST_POLICY_SIZE:
        raise LimitExceededException(f"Cannot exceed quota for ACLSizePerRole: {TRUST_POLICY_SIZE}")


def _inline(backend: IAMBackend, call: dict[str, Any]) -> None:
    role = backend.get_role(call["role_name"])
    others = (text for name, text in role.policies.items() if name != call["policy_name"])
    if sum(map(_size, others)) + _size(call["policy_json"]) > INLINE_POLICIES_SIZE:
        raise LimitExceededException(
            f"Maximum policy size of {INLINE_POLICIES_SIZE} bytes exceeded for role {call['role_name']}"
        )


def _attachment(backend: IAMBackend, call: dict[str, Any]) -> None:
    attached = backend.get_role(call["role_name"]).managed_policies
    if call["policy_arn"] not in attached and len(attached) >= POLICIES_PER_ROLE:
        raise LimitExceededException(f"Cannot exceed quota for PoliciesPerRole: {POLICIES_PER_ROLE}")


def _checked(original: Callable[..., Any], check: Check) -> Callable[..., Any]:
    signature = inspect.signature(original)

    def call(self: IAMBackend, *args: Any, **kwargs: Any) -> Any:
        check(self, dict(signature.bind(self, *args, **kwargs).arguments))
        return original(self, *args, **kwargs)

    return call


CHECKS: dict[str, Check] = {
    "create_policy": _policy,
    "create_policy_version": _policy,
    "create_role": _trust,
    "update_assume_role_policy": _trust,
    "put_role_policy": _inline,
    "attach_role_policy": _attachment,
}


def install() -> None:
    for name, check in CHECKS.items():
        setattr(IAMBackend, name, _checked(getattr(IAMBackend, name), check))
