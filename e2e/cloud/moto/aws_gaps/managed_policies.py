"""Fewer managed policies than AWS has: those for nodes, clusters and pods.

Moto reads all fifteen hundred of them for each partition, which takes as long as starting the whole server does.
"""

import json

from moto.iam import models

FAMILIES = ("AmazonEKS", "AmazonEC2ContainerRegistry", "AmazonSSM", "AmazonS3", "CloudWatchAgent")


def install() -> None:
    policies = json.loads(models.aws_managed_policies_data)
    models.aws_managed_policies_data = json.dumps(
        {name: policy for name, policy in policies.items() if name.startswith(FAMILIES)}
    )
