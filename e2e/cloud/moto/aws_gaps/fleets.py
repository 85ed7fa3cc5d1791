"""Instances of a fleet: what moto does not take over from their launch template.

Karpenter compares a running instance with its EC2NodeClass: one in the default security group has drifted, and is replaced.
"""

from typing import Any, Callable, Iterator

from moto.ec2.models.fleets import Fleet, FleetsBackend
from moto.ec2.models.instances import MetadataOptions


def _launched(fleet: Fleet) -> Iterator[tuple[Any, Any]]:
    """Each instance with the specification that it was launched by."""
    for request in fleet.spot_requests:
        yield request.instance, request.launch_spec
    for item in fleet.on_demand_instances:
        yield item["instance"], item["launch_spec"]


def _security_groups(data: dict[str, Any]) -> list[str]:
    """Of the first network interface, if there are any: then the template itself may not name groups."""
    interfaces = sorted(data.get("NetworkInterfaces") or [], key=lambda nic: int(nic.get("DeviceIndex") or 0))
    return (interfaces[0].get("Groups") if interfaces else data.get("SecurityGroupIds")) or []


def _complete(backend: Any, fleet: Fleet, instance: Any, spec: Any) -> None:
    used = spec.launch_template_spec
    template = backend.get_launch_template(used["LaunchTemplateId"])
    version = used.get("Version") or template.default_version_number
    data = template.get_version(version).data
    # The private DNS name has the region in it.
    instance.region_name = backend.region_name
    instance.add_tags(
        {
            "aws:ec2:fleet-id": fleet.id,
            "aws:ec2launchtemplate:id": template.id,
            "aws:ec2launchtemplate:version": str(version),
        }
    )
    instance.metadata_options = MetadataOptions(data.get("MetadataOptions"))
    if groups := _security_groups(data):
        backend.modify_instance_security_groups(instance.id, groups)
    profile = data.get("IamInstanceProfile") or {}
    if profile:
        backend.associate_iam_instance_profile(
            instance_id=instance.id,
            iam_instance_profile_name=profile.get("Name"),
            iam_instance_profile_arn=profile.get("Arn"),
        )


def _with_templates(original: Callable[..., Fleet]) -> Callable[..., Fleet]:
    def create_fleet(self: Any, *args: Any, **kwargs: Any) -> Fleet:
        fleet = original(self, *args, **kwargs)
        for instance, spec in _launched(fleet):
            if spec.launch_template_spec:
                _complete(self, fleet, instance, spec)
        return fleet

    return create_fleet


def install() -> None:
    FleetsBackend.create_fleet = _with_templates(FleetsBackend.create_fleet)
