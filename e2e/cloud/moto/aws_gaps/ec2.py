"""EC2 calls that Karpenter makes and moto does not know. The account has none of these things, so the answers are empty."""

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response


def describe_placement_groups(self: EC2Response) -> ActionResult:
    self.error_on_dryrun()
    return ActionResult({"PlacementGroups": []})


def describe_capacity_reservations(self: EC2Response) -> ActionResult:
    self.error_on_dryrun()
    return ActionResult({"CapacityReservations": []})


def install() -> None:
    for call in (describe_placement_groups, describe_capacity_reservations):
        if not hasattr(EC2Response, call.__name__):
            setattr(EC2Response, call.__name__, call)
