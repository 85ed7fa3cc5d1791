"""Tells of each call that is made with a role: what was asked, and what stood there when it was asked.

IAM decides by the tags that a resource has before the call, which afterwards may be gone together with it.
"""

import copy
import functools
import json
import re
import sys
from typing import Any, Callable

from moto.core.responses import BaseResponse
from moto.ec2.models import ec2_backends
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

# How a line of the server's output begins that has a call in it.
MARK = "CALL "
_EC2_ID = re.compile(r"\b(?:ami|i|lt|sg|snap|subnet|vol)-[0-9a-f]{8,17}\b")


def _role(response: BaseResponse) -> str | None:
    """The ARN of the role whose keys a call is signed with."""
    sts = sts_backends[response.current_account][response.partition]
    session = sts.get_assumed_role_from_access_key(response.access_key)
    return session.role_arn if session else None


def _parameters(response: BaseResponse) -> Any:
    """The call's parameters by AWS's names, whatever the protocol. Moto itself reads them of few services by these."""
    reader = copy.copy(response)
    reader.parse_parameters(response.normalized_request)
    return reader.params


def _ec2(response: BaseResponse, parameters: Any) -> dict[str, Any]:
    """The tags of all that is named, in the call or in the launch templates that it names, and their content."""
    backend = ec2_backends[response.current_account][response.region]
    text = json.dumps(parameters, default=str)
    named = {id for name, id in backend.launch_template_name_to_ids.items() if f'"{name}"' in text}
    templates = [backend.launch_templates[id] for id in named.union(_EC2_ID.findall(text)) & backend.launch_templates.keys()]
    data = [each.default_version().data for each in templates]
    found = {*named, *_EC2_ID.findall(text), *_EC2_ID.findall(json.dumps(data, default=str))}
    missing = {id for id in found if id.startswith("lt-") and id not in backend.launch_templates}
    return {"tags": {id: dict(backend.tags.get(id, {})) for id in found - missing}, "templates": data}


def _profiles(response: BaseResponse) -> dict[str, Any]:
    profiles = iam_backends[response.current_account][response.partition].get_instance_profiles()
    return {
        each.name: {
            "arn": each.arn,
            "tags": {tag["Key"]: tag["Value"] for tag in each.tags},
            "roles": [role.arn for role in each.roles],
        }
        for each in profiles
    }


def _tell(response: BaseResponse) -> None:
    role = _role(response)
    action = response._get_action()
    if role is None or action is None:
        return
    parameters = _parameters(response)
    call = {
        "role": role,
        "service": response.service_name,
        "action": action,
        "region": response.region,
        "parameters": parameters,
        "profiles": _profiles(response),
        **(_ec2(response, parameters) if response.service_name == "ec2" else {}),
    }
    sys.stdout.write(f"{MARK}{json.dumps(call, default=str)}\n")


def _told(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def call_action(self: BaseResponse) -> Any:
        _tell(self)
        return original(self)

    return call_action


def install() -> None:
    BaseResponse.call_action = _told(BaseResponse.call_action)
