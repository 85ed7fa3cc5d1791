"""EKS access entries: which IAM principal may enter a cluster, and as whom."""

from typing import Any, Optional

from moto.core.utils import utcnow
from moto.eks.models import Cluster, EKSBackend
from moto.moto_api._internal import mock_random

from . import principals
from .clusters import find
from .errors import in_use, invalid_parameter, invalid_request, not_found

_SELF_MANAGED = "STANDARD"
# What EKS itself writes into entries of these types; the caller may set neither groups nor user name.
_NODE_TYPES: dict[str, tuple[str, list[str]]] = {
    "EC2_LINUX": ("system:node:{{EC2PrivateDNSName}}", ["system:nodes"]),
    "EC2_WINDOWS": ("system:node:{{EC2PrivateDNSName}}", ["eks:kube-proxy-windows", "system:nodes"]),
    "FARGATE_LINUX": ("system:node:{{SessionName}}", ["system:nodes"]),
}


class AccessEntry:
    def __init__(
        self, backend: EKSBackend, cluster: str, arn: str, kind: str, user: str, groups: list[str], tags: dict[str, str]
    ):
        principal, name = principals.kind_and_name(arn)
        self.cluster_name = cluster
        self.principal_arn = arn
        self.type = kind
        self.username = user
        self.kubernetes_groups = groups
        self.tags = tags
        self.access_entry_arn = (
            f"arn:{backend.partition}:eks:{backend.region_name}:{backend.account_id}:access-entry/"
            f"{cluster}/{principal}/{backend.account_id}/{name}/{mock_random.uuid4()}"
        )
        self.created_at = self.modified_at = utcnow()
        self.policies: dict[str, dict[str, Any]] = {}


def _cluster(backend: EKSBackend, name: str) -> Cluster:
    cluster = find(backend, name)
    if cluster.access_config["authenticationMode"] == "CONFIG_MAP":
        raise invalid_request(
            name,
            "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
        )
    return cluster


def _standard_user(arn: str) -> str:
    kind, name = principals.kind_and_name(arn)
    if kind == "user":
        return arn
    partition, account = arn.split(":")[1], arn.split(":")[4]
    return f"arn:{partition}:sts::{account}:assumed-role/{name}/{{{{SessionName}}}}"


def _check_groups(cluster: str, groups: list[str]) -> None:
    for group in groups:
        if group.startswith(("system:", "eks:", "aws:", "amazon:", "iam:")):
            raise invalid_parameter(cluster, f"The kubernetes group name {group} is invalid, it cannot start with "
                                    f"{group.split(':')[0]}:")


def create(
    backend: EKSBackend,
    cluster_name: str,
    principal_arn: str,
    kind: Optional[str],
    username: Optional[str],
    groups: Optional[list[str]],
    tags: Optional[dict[str, str]],
) -> AccessEntry:
    cluster = _cluster(backend, cluster_name)
    kind = kind or _SELF_MANAGED
    if not principals.exists(backend, principal_arn):
        raise invalid_parameter(cluster_name, "The specified principalArn is invalid: invalid principal.")
    if principal_arn in cluster.access_entries:
        raise in_use(cluster_name, "The specified access entry resource is already in use on this cluster.")
    if kind in _NODE_TYPES:
        if username or groups:
            raise invalid_parameter(cluster_name, f"username and kubernetesGroups cannot be set for type {kind}.")
        username, groups = _NODE_TYPES[kind][0], list(_NODE_TYPES[kind][1])
    elif kind == _SELF_MANAGED:
        _check_groups(cluster_name, groups or [])
    else:
        raise invalid_parameter(cluster_name, f"The specified type {kind} is invalid.")
    entry = AccessEntry(
        backend, cluster_name, principal_arn, kind, username or _standard_user(principal_arn), groups or [], tags or {}
    )
    cluster.access_entries[principal_arn] = entry
    return entry


def describe(backend: EKSBackend, cluster_name: str, principal_arn: str) -> AccessEntry:
    entry = _cluster(backend, cluster_name).access_entries.get(principal_arn)
    if entry is None:
        raise not_found(cluster_name, f"The specified access entry could not be found for principal: {principal_arn}.")
    return entry


def update(
    backend: EKSBackend, cluster_name: str, principal_arn: str, username: Optional[str], groups: Optional[list[str]]
) -> AccessEntry:
    entry = describe(backend, cluster_name, principal_arn)
    if entry.type in _NODE_TYPES:
        raise invalid_parameter(cluster_name, f"An access entry of type {entry.type} cannot be updated.")
    if groups is not None:
        _check_groups(cluster_name, groups)
        entry.kubernetes_groups = groups
    if username:
        entry.username = username
    entry.modified_at = utcnow()
    return entry


def delete(backend: EKSBackend, cluster_name: str, principal_arn: str) -> None:
    describe(backend, cluster_name, principal_arn)
    del find(backend, cluster_name).access_entries[principal_arn]


def arns(backend: EKSBackend, cluster_name: str, policy_arn: Optional[str]) -> list[str]:
    entries = _cluster(backend, cluster_name).access_entries.values()
    return sorted(entry.principal_arn for entry in entries if not policy_arn or policy_arn in entry.policies)


def associate_policy(
    backend: EKSBackend, cluster_name: str, principal_arn: str, policy_arn: str, scope: dict[str, Any]
) -> dict[str, Any]:
    entry = describe(backend, cluster_name, principal_arn)
    if entry.type != _SELF_MANAGED:
        raise invalid_parameter(cluster_name, f"Access policies cannot be associated with type {entry.type}.")
    entry.policies[policy_arn] = {
        "policyArn": policy_arn, "accessScope": scope, "associatedAt": utcnow(), "modifiedAt": utcnow()
    }
    return entry.policies[policy_arn]


def disassociate_policy(backend: EKSBackend, cluster_name: str, principal_arn: str, policy_arn: str) -> None:
    if describe(backend, cluster_name, principal_arn).policies.pop(policy_arn, None) is None:
        raise not_found(cluster_name, f"The policy {policy_arn} is not associated with {principal_arn}.")
