"""What moto's AWS lacks and Karpenter's infrastructure needs. Everything is added to moto's own classes."""

from . import calls, clusters, ec2, eks_routes, eks_work, fleets, iam, images, instance_profiles, instance_types, managed_policies


def install() -> None:
    """Adds all missing calls; to be called once, before the server starts."""
    calls.install()
    clusters.install()
    eks_routes.install()
    eks_work.install()
    ec2.install()
    fleets.install()
    images.install()
    instance_profiles.install()
    instance_types.install()
    iam.install()
    managed_policies.install()
