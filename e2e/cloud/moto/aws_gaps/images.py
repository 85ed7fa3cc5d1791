"""Amazon's own images for EKS nodes: tests publish them, for an account of its own has none.

- an image keeps the architecture that it is registered with (moto drops it, and Karpenter then ignores the image);
- the names below /aws/service/eks can be given a value. In AWS only Amazon can do that.
"""

import inspect
from typing import Any, Callable

from moto.core.utils import utcnow
from moto.ec2.responses import EC2Response
from moto.ssm.models import Parameter, SimpleSystemManagerBackend

PUBLIC = "/aws/service/eks/"


def _with_architecture(original: Callable[..., Any]) -> Callable[..., Any]:
    def register_image(self: EC2Response) -> Any:
        result = original(self)
        newest = list(self.ec2_backend.amis.values())[-1]
        newest.architecture = self._get_param("Architecture")
        newest.root_device_name = self._get_param("RootDeviceName") or newest.root_device_name
        newest.virtualization_type = self._get_param("VirtualizationType") or newest.virtualization_type
        return result

    return register_image


def _with_public_names(original: Callable[..., Parameter]) -> Callable[..., Parameter]:
    signature = inspect.signature(original)

    def put_parameter(self: SimpleSystemManagerBackend, *args: Any, **kwargs: Any) -> Parameter:
        call = signature.bind(self, *args, **kwargs).arguments
        name = call["name"]
        if not name.startswith(PUBLIC):
            return original(self, *args, **kwargs)
        parameter = Parameter(
            account_id=self.account_id,
            name=name,
            value=call["value"],
            parameter_type="String",
            description=call.get("description"),
            allowed_pattern=None,
            keyid=None,
            last_modified_date=utcnow(),
            version=len(self._parameters[name]) + 1,
            data_type="text",
        )
        self._parameters[name].append(parameter)
        return parameter

    return put_parameter


def install() -> None:
    EC2Response.register_image = _with_architecture(EC2Response.register_image)
    SimpleSystemManagerBackend.put_parameter = _with_public_names(SimpleSystemManagerBackend.put_parameter)
