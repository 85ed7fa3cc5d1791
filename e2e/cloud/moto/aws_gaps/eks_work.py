"""What EKS does on a cluster in its own time, done by whoever plays the cluster.

POST /moto-api/eks-work tells of it, in JSON: `region` and `cluster`, and either nothing more (from now on the Fargate
profiles of this cluster too are CREATING until they are reported), or `kind` ("fargate_profiles" or "addons"), `name` and
the `status` that it has reached; DELETED removes it.
"""

import json
from typing import Any, Callable

from moto.core import DEFAULT_ACCOUNT_ID
from moto.eks.models import EKSBackend, FargateProfile, eks_backends
from moto.moto_api._internal import urls

from .clusters import find


def _report(request: Any, full_url: str, headers: Any) -> tuple[int, dict[str, str], str]:
    told = json.loads(request.get_data())
    cluster = find(eks_backends[DEFAULT_ACCOUNT_ID][told["region"]], told["cluster"])
    if "kind" not in told:
        cluster.is_attended = True
    elif told["status"] == "DELETED":
        del getattr(cluster, told["kind"])[told["name"]]
    else:
        getattr(cluster, told["kind"])[told["name"]].status = told["status"]
    return 200, {}, ""


def _profile_in_time(original: Callable[..., FargateProfile]) -> Callable[..., FargateProfile]:
    def create_fargate_profile(self: EKSBackend, *args: Any, **kwargs: Any) -> FargateProfile:
        profile = original(self, *args, **kwargs)
        if find(self, profile.cluster_name).is_attended:
            profile.status = "CREATING"
        return profile

    return create_fargate_profile


def install() -> None:
    EKSBackend.create_fargate_profile = _profile_in_time(EKSBackend.create_fargate_profile)
    urls.url_paths["{0}/moto-api/eks-work$"] = _report
