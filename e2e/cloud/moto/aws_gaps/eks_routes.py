"""The HTTP side of access entries, Pod Identity associations and add-ons, put into moto's EKS service."""

from typing import Any, Callable
from urllib.parse import unquote

from moto.core.responses import ActionResult, EmptyResult
from moto.eks import urls
from moto.eks.responses import EKSResponse

from . import access_entries, addons, pod_identity

Handler = Callable[[EKSResponse], Any]


def _cluster(request: EKSResponse) -> str:
    return request._get_param("name")


def _arn(request: EKSResponse, name: str = "principalArn") -> str:
    return unquote(request._get_param(name))


def create_access_entry(self: EKSResponse) -> ActionResult:
    entry = access_entries.create(
        self.eks_backend, _cluster(self), self._get_param("principalArn"), self._get_param("type"),
        self._get_param("username"), self._get_param("kubernetesGroups"), self._get_param("tags"),
    )
    return ActionResult({"accessEntry": entry})


def describe_access_entry(self: EKSResponse) -> ActionResult:
    return ActionResult({"accessEntry": access_entries.describe(self.eks_backend, _cluster(self), _arn(self))})


def update_access_entry(self: EKSResponse) -> ActionResult:
    entry = access_entries.update(
        self.eks_backend, _cluster(self), _arn(self), self._get_param("username"), self._get_param("kubernetesGroups")
    )
    return ActionResult({"accessEntry": entry})


def delete_access_entry(self: EKSResponse) -> ActionResult:
    access_entries.delete(self.eks_backend, _cluster(self), _arn(self))
    return EmptyResult()


def list_access_entries(self: EKSResponse) -> ActionResult:
    policy = self._get_param("associatedPolicyArn")
    return ActionResult({"accessEntries": access_entries.arns(self.eks_backend, _cluster(self), policy)})


def associate_access_policy(self: EKSResponse) -> ActionResult:
    policy = access_entries.associate_policy(
        self.eks_backend, _cluster(self), _arn(self), self._get_param("policyArn"), self._get_param("accessScope")
    )
    return ActionResult({"clusterName": _cluster(self), "principalArn": _arn(self), "associatedAccessPolicy": policy})


def disassociate_access_policy(self: EKSResponse) -> ActionResult:
    access_entries.disassociate_policy(self.eks_backend, _cluster(self), _arn(self), _arn(self, "policyArn"))
    return EmptyResult()


def list_associated_access_policies(self: EKSResponse) -> ActionResult:
    entry = access_entries.describe(self.eks_backend, _cluster(self), _arn(self))
    return ActionResult({
        "clusterName": entry.cluster_name,
        "principalArn": entry.principal_arn,
        "associatedAccessPolicies": list(entry.policies.values()),
    })


def create_pod_identity_association(self: EKSResponse) -> ActionResult:
    association = pod_identity.create(
        self.eks_backend, _cluster(self), self._get_param("namespace"), self._get_param("serviceAccount"),
        self._get_param("roleArn"), self._get_param("tags"), self._get_param("disableSessionTags"),
        self._get_param("targetRoleArn"),
    )
    return ActionResult({"association": association})


def describe_pod_identity_association(self: EKSResponse) -> ActionResult:
    association = pod_identity.describe(self.eks_backend, _cluster(self), self._get_param("associationId"))
    return ActionResult({"association": association})


def update_pod_identity_association(self: EKSResponse) -> ActionResult:
    association = pod_identity.update(
        self.eks_backend, _cluster(self), self._get_param("associationId"), self._get_param("roleArn"),
        self._get_param("disableSessionTags"), self._get_param("targetRoleArn"),
    )
    return ActionResult({"association": association})


def delete_pod_identity_association(self: EKSResponse) -> ActionResult:
    association = pod_identity.delete(self.eks_backend, _cluster(self), self._get_param("associationId"))
    return ActionResult({"association": association})


def list_pod_identity_associations(self: EKSResponse) -> ActionResult:
    found = pod_identity.matching(
        self.eks_backend, _cluster(self), self._get_param("namespace"), self._get_param("serviceAccount")
    )
    return ActionResult({"associations": found})


def create_addon(self: EKSResponse) -> ActionResult:
    addon = addons.create(
        self.eks_backend, _cluster(self), self._get_param("addonName"), self._get_param("addonVersion"),
        self._get_param("configurationValues"), self._get_param("tags"),
    )
    return ActionResult({"addon": addon})


def describe_addon(self: EKSResponse) -> ActionResult:
    return ActionResult({"addon": addons.describe(self.eks_backend, _cluster(self), self._get_param("addonName"))})


def delete_addon(self: EKSResponse) -> ActionResult:
    return ActionResult({"addon": addons.delete(self.eks_backend, _cluster(self), self._get_param("addonName"))})


def list_addons(self: EKSResponse) -> ActionResult:
    return ActionResult({"addons": addons.names(self.eks_backend, _cluster(self))})


HANDLERS: list[Handler] = [
    create_access_entry, describe_access_entry, update_access_entry, delete_access_entry, list_access_entries,
    associate_access_policy, disassociate_access_policy, list_associated_access_policies,
    create_pod_identity_association, describe_pod_identity_association, update_pod_identity_association,
    delete_pod_identity_association, list_pod_identity_associations,
    create_addon, describe_addon, delete_addon, list_addons,
]
# The principal and the policy are ARNs with slashes in them, so these paths end in an open pattern.
PATHS = [
    "{0}/clusters/(?P<name>[^/]+)/access-entries$",
    "{0}/clusters/(?P<name>[^/]+)/access-entries/(?P<principalArn>.+)$",
    "{0}/clusters/(?P<name>[^/]+)/pod-identity-associations$",
    "{0}/clusters/(?P<name>[^/]+)/pod-identity-associations/(?P<associationId>[^/]+)$",
    "{0}/clusters/(?P<name>[^/]+)/addons$",
    "{0}/clusters/(?P<name>[^/]+)/addons/(?P<addonName>[^/]+)$",
]


def install() -> None:
    for handler in HANDLERS:
        if not hasattr(EKSResponse, handler.__name__):
            setattr(EKSResponse, handler.__name__, handler)
    for path in PATHS:
        urls.url_paths.setdefault(path, urls.response.dispatch)
