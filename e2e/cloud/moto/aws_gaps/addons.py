"""EKS add-ons. What they put on the cluster, and when that works, is for those to say who play the cluster: `eks_work`."""

from typing import Optional

from moto.core.utils import utcnow
from moto.eks.models import EKSBackend
from moto.moto_api._internal import mock_random

from .clusters import find
from .errors import in_use, not_found


class Addon:
    def __init__(
        self, backend: EKSBackend, cluster: str, name: str, version: Optional[str], configuration_values: Optional[str],
        tags: dict[str, str],
    ):
        self.addon_name = name
        self.cluster_name = cluster
        self.addon_version = version or "v1.0.0-eksbuild.1"
        self.configuration_values = configuration_values
        self.tags = tags
        self.status = "CREATING"
        self.addon_arn = (
            f"arn:{backend.partition}:eks:{backend.region_name}:{backend.account_id}:addon/"
            f"{cluster}/{name}/{mock_random.uuid4()}"
        )
        self.health: dict[str, list[str]] = {"issues": []}
        self.created_at = self.modified_at = utcnow()


def create(
    backend: EKSBackend, cluster_name: str, name: str, version: Optional[str], configuration_values: Optional[str],
    tags: Optional[dict[str, str]],
) -> Addon:
    cluster = find(backend, cluster_name)
    if name in cluster.addons:
        raise in_use(cluster_name, "Addon already exists.")
    cluster.addons[name] = Addon(backend, cluster_name, name, version, configuration_values, tags or {})
    return cluster.addons[name]


def describe(backend: EKSBackend, cluster_name: str, name: str) -> Addon:
    addon = find(backend, cluster_name).addons.get(name)
    if addon is None:
        raise not_found(cluster_name, f"No addon: {name} found in cluster: {cluster_name}")
    return addon


def delete(backend: EKSBackend, cluster_name: str, name: str) -> Addon:
    addon = describe(backend, cluster_name, name)
    addon.status = "DELETING"
    return addon


def names(backend: EKSBackend, cluster_name: str) -> list[str]:
    return sorted(find(backend, cluster_name).addons)
