"""EKS errors with the words of the real service, as moto's JSON errors."""

from moto.eks.exceptions import (
    InvalidParameterException,
    InvalidRequestException,
    ResourceInUseException,
    ResourceNotFoundException,
)


def invalid_parameter(cluster: str, message: str) -> InvalidParameterException:
    return InvalidParameterException(clusterName=cluster, message=message)


def invalid_request(cluster: str, message: str) -> InvalidRequestException:
    return InvalidRequestException(clusterName=cluster, message=message)


def in_use(cluster: str, message: str) -> ResourceInUseException:
    return ResourceInUseException(clusterName=cluster, message=message)


def not_found(cluster: str, message: str) -> ResourceNotFoundException:
    return ResourceNotFoundException(clusterName=cluster, message=message)
