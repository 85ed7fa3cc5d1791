"""The path by which instance profiles are asked for: moto forgets it, and Karpenter then deletes profiles of others.

It looks for unused ones below the path /karpenter, and takes every one that it gets for one of its own.
"""

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse


def list_instance_profiles(self: IamResponse) -> ActionResult:
    prefix = self._get_param("PathPrefix") or "/"
    profiles = [each for each in self.backend.get_instance_profiles() if (each.path or "/").startswith(prefix)]
    return ActionResult({"InstanceProfiles": profiles})


def install() -> None:
    IamResponse.list_instance_profiles = list_instance_profiles
