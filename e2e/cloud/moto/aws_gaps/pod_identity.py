"""EKS Pod Identity associations: which IAM role the pods of a service account get."""

from typing import Optional

from moto.core.utils import utcnow
from moto.eks.models import EKSBackend
from moto.moto_api._internal import mock_random

from . import principals
from .clusters import find
from .errors import in_use, invalid_parameter, not_found


class PodIdentityAssociation:
    def __init__(
        self, backend: EKSBackend, cluster: str, namespace: str, service_account: str, role: str, tags: dict[str, str]
    ):
        self.cluster_name = cluster
        self.namespace = namespace
        self.service_account = service_account
        self.role_arn = role
        self.tags = tags
        self.association_id = f"a-{mock_random.get_random_string(17).lower()}"
        self.association_arn = (
            f"arn:{backend.partition}:eks:{backend.region_name}:{backend.account_id}:podidentityassociation/"
            f"{cluster}/{self.association_id}"
        )
        self.disable_session_tags = False
        self.target_role_arn: Optional[str] = None
        self.created_at = self.modified_at = utcnow()


def _check_role(backend: EKSBackend, cluster: str, role: str) -> None:
    if not principals.role_exists(backend, role):
        raise invalid_parameter(cluster, "Role provided in the request does not exist.")


def create(
    backend: EKSBackend,
    cluster_name: str,
    namespace: str,
    service_account: str,
    role: str,
    tags: Optional[dict[str, str]],
    disable_session_tags: Optional[bool],
    target_role: Optional[str],
) -> PodIdentityAssociation:
    cluster = find(backend, cluster_name)
    _check_role(backend, cluster_name, role)
    for other in cluster.pod_identity_associations.values():
        if (other.namespace, other.service_account) == (namespace, service_account):
            raise in_use(cluster_name, f"Association already exists: {other.association_id}")
    association = PodIdentityAssociation(backend, cluster_name, namespace, service_account, role, tags or {})
    association.disable_session_tags = bool(disable_session_tags)
    association.target_role_arn = target_role
    cluster.pod_identity_associations[association.association_id] = association
    return association


def describe(backend: EKSBackend, cluster_name: str, association_id: str) -> PodIdentityAssociation:
    association = find(backend, cluster_name).pod_identity_associations.get(association_id)
    if association is None:
        raise not_found(cluster_name, f"No association found for id: {association_id}.")
    return association


def update(
    backend: EKSBackend,
    cluster_name: str,
    association_id: str,
    role: Optional[str],
    disable_session_tags: Optional[bool],
    target_role: Optional[str],
) -> PodIdentityAssociation:
    association = describe(backend, cluster_name, association_id)
    if role:
        _check_role(backend, cluster_name, role)
        association.role_arn = role
    if disable_session_tags is not None:
        association.disable_session_tags = disable_session_tags
    if target_role is not None:
        association.target_role_arn = target_role or None
    association.modified_at = utcnow()
    return association


def delete(backend: EKSBackend, cluster_name: str, association_id: str) -> PodIdentityAssociation:
    association = describe(backend, cluster_name, association_id)
    return find(backend, cluster_name).pod_identity_associations.pop(association.association_id)


def matching(
    backend: EKSBackend, cluster_name: str, namespace: Optional[str], service_account: Optional[str]
) -> list[PodIdentityAssociation]:
    return [
        association
        for association in find(backend, cluster_name).pod_identity_associations.values()
        if namespace in (None, association.namespace) and service_account in (None, association.service_account)
    ]
