"""Fewer types of instances than AWS has: a region offers a hundred here.

Karpenter asks for all of them when it starts, and weighs each for each pod. A thousand more add nothing to what the tests
look at, and take most of the time that a controller and this server spend.
"""

from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS, InstanceTypeBackend

# Categories c, m, r and t, two architectures, an old generation beside new ones.
FAMILIES = {"c4", "c6g", "c6i", "c7g", "m5", "m6g", "m6i", "r5", "r6g", "r6i", "t3", "t4g"}


def _is_offered(instance_type: str) -> bool:
    return instance_type.split(".")[0] in FAMILIES


def install() -> None:
    InstanceTypeBackend.instance_types = [
        instance_type for instance_type in InstanceTypeBackend.instance_types if _is_offered(instance_type.name)
    ]
    for regions in INSTANCE_TYPE_OFFERINGS.values():
        for region, offerings in regions.items():
            regions[region] = [offering for offering in offerings if _is_offered(offering["InstanceType"])]
