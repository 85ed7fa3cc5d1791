"""EKS clusters: what moto leaves out of them.

- every cluster has an OIDC issuer and an endpoint of its own (moto gives all clusters of a process the same);
- the authentication mode, on which access entries depend;
- the VPC, which is that of its subnets;
- a cluster that still has Fargate profiles cannot be deleted;
- tags on everything that has an ARN, not on clusters only.
"""

from typing import Any, Callable

from moto.ec2 import ec2_backends
from moto.eks import models
from moto.eks.models import Cluster, EKSBackend
from moto.eks.responses import EKSResponse
from moto.moto_api._internal import mock_random

from .errors import in_use, not_found

DEFAULT_AUTHENTICATION_MODE = "CONFIG_MAP"


def _identify(cluster: Cluster, region: str) -> None:
    unique = mock_random.get_random_hex(32).upper()
    cluster.identity = {"oidc": {"issuer": f"https://oidc.eks.{region}.amazonaws.com/id/{unique}"}}
    cluster.endpoint = f"https://{unique}.gr7.{region}.eks.amazonaws.com"
    cluster.access_config = {"authenticationMode": DEFAULT_AUTHENTICATION_MODE}
    cluster.access_entries = {}
    cluster.pod_identity_associations = {}
    cluster.addons = {}
    cluster.is_attended = False


def _new_cluster(original: Callable[..., Cluster]) -> Callable[..., Cluster]:
    def create_cluster(self: EKSBackend, *args: Any, **kwargs: Any) -> Cluster:
        cluster = original(self, *args, **kwargs)
        _identify(cluster, self.region_name)
        return cluster

    return create_cluster


def _add_vpc(backend: EKSBackend, cluster: Cluster) -> None:
    network = cluster.resources_vpc_config
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    subnets = ec2.describe_subnets(filters={"subnet-id": network.get("subnetIds") or []})
    if subnets:
        network["vpcId"] = subnets[0].vpc_id


def _with_access_config(original: Callable[..., Any]) -> Callable[..., Any]:
    def create_cluster(self: EKSResponse) -> Any:
        result = original(self)
        wanted = self._get_param("accessConfig") or {}
        cluster = self.eks_backend.clusters[self._get_param("name")]
        _add_vpc(self.eks_backend, cluster)
        cluster.access_config = {
            "authenticationMode": wanted.get("authenticationMode", DEFAULT_AUTHENTICATION_MODE),
            "bootstrapClusterCreatorAdminPermissions": wanted.get("bootstrapClusterCreatorAdminPermissions", True),
        }
        return result

    return create_cluster


def _refuse_with_fargate(original: Callable[..., None]) -> Callable[..., None]:
    def validate_safe_to_delete(cluster: Cluster) -> None:
        original(cluster)
        if cluster.fargate_profiles:
            raise in_use(cluster.name, "Cluster has Fargate profiles attached")

    return validate_safe_to_delete


def find(backend: EKSBackend, name: str) -> Cluster:
    """The cluster, or the error EKS answers with."""
    if name not in backend.clusters:
        raise not_found(name, f"No cluster found for name: {name}.")
    return backend.clusters[name]


def _tags_of(backend: EKSBackend, arn: str) -> dict[str, str]:
    for cluster in backend.clusters.values():
        tagged = {
            cluster.arn: cluster,
            **{item.fargate_profile_arn: item for item in cluster.fargate_profiles.values()},
            **{item.arn: item for item in cluster.nodegroups.values()},
            **{item.access_entry_arn: item for item in cluster.access_entries.values()},
            **{item.addon_arn: item for item in cluster.addons.values()},
            **{item.association_arn: item for item in cluster.pod_identity_associations.values()},
        }
        if arn in tagged:
            return tagged[arn].tags
    raise not_found("", f"No resource found for ARN: {arn}.")


def _tag(self: EKSBackend, resource_arn: str, tags: dict[str, str]) -> None:
    _tags_of(self, resource_arn).update(tags)


def _untag(self: EKSBackend, resource_arn: str, tag_keys: Any) -> None:
    tags = _tags_of(self, resource_arn)
    for key in tag_keys if isinstance(tag_keys, list) else [tag_keys]:
        tags.pop(key, None)


def install() -> None:
    EKSBackend.create_cluster = _new_cluster(EKSBackend.create_cluster)
    EKSResponse.create_cluster = _with_access_config(EKSResponse.create_cluster)
    models.validate_safe_to_delete = _refuse_with_fargate(models.validate_safe_to_delete)
    EKSBackend.tag_resource = _tag
    EKSBackend.untag_resource = _untag
    EKSBackend.list_tags_for_resource = _tags_of
