/** Removes what was left, one by one. What is gone already is as good as removed. */
import { ifThere } from "../aws/answers";
import type { AwsClients } from "../aws/clients";
import type { ChangeableKubernetes } from "../kubernetes/kubernetes";
import type { Leftover } from "./leftovers";

export async function remove(left: Leftover, aws: AwsClients, kubernetes: ChangeableKubernetes): Promise<void> {
  switch (left.kind) {
    case "revision": {
      const { metadata } = left.revision.secret;
      return kubernetes.delete(`/api/v1/namespaces/${left.revision.namespace}/secrets/${metadata.name}`, metadata);
    }
    case "instance":
      await ifThere(aws.ec2.terminateInstances({ InstanceIds: [left.id] }));
      return;
    case "launch-template":
      await ifThere(aws.ec2.deleteLaunchTemplate({ LaunchTemplateId: left.id }));
      return;
    case "instance-profile": {
      const { id: InstanceProfileName, roles } = left;
      for (const RoleName of roles) {
        await ifThere(aws.iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName }));
      }
      await ifThere(aws.iam.deleteInstanceProfile({ InstanceProfileName }));
    }
  }
}
