/** What the commands do that `import` prints for its user: there is neither kubectl nor the command line of AWS here. */
import { DeleteFargateProfileCommand } from "@aws-sdk/client-eks";
import { RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import { DeletePolicyCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand } from "@aws-sdk/client-iam";

import type { AwsClients } from "../cloud/aws-clients";
import type { KubeReference } from "../cloud/kube-client";
import type { Cluster } from "./cluster";

/** Does what a command of kubectl does to one of these objects. */
export async function kubectl(
  { kube }: Pick<Cluster, "kube">,
  objects: readonly (KubeReference & { readonly name: string })[],
  command: string,
): Promise<void> {
  const [, verb, kind = "", name = "", pairs = ""] = /^kubectl (annotate|label) (\w+)\/(\S+) (.*)$/.exec(command) ?? [];
  const reference = objects.find((one) => one.kind.toLowerCase() === kind && one.name === name);
  if (reference === undefined) {
    throw new Error(`no command of kubectl for an object that is there: ${command}`);
  }
  const values = Object.fromEntries(pairs.split(" ").map((pair) => pair.split("=")));
  await kube.patch(reference, { metadata: { [verb === "label" ? "labels" : "annotations"]: values } });
}

/** Does what a command of AWS's does that removes something. */
export async function awsCommand({ eks, iam, eventBridge }: AwsClients, command: string): Promise<void> {
  const [, what, options = ""] = /^aws (\w+ [\w-]+) (.*)$/.exec(command) ?? [];
  const given = Object.fromEntries([...options.matchAll(/--([\w-]+) (\S+)/g)].map(([, name, value]) => [name, value]));
  switch (what) {
    case "eks delete-fargate-profile":
      await eks.send(
        new DeleteFargateProfileCommand({
          clusterName: given["cluster-name"],
          fargateProfileName: given["fargate-profile-name"],
        }),
      );
      return;
    case "iam detach-role-policy":
      await iam.send(new DetachRolePolicyCommand({ RoleName: given["role-name"], PolicyArn: given["policy-arn"] }));
      return;
    case "iam delete-policy":
      await iam.send(new DeletePolicyCommand({ PolicyArn: given["policy-arn"] }));
      return;
    case "iam delete-role-policy":
      await iam.send(new DeleteRolePolicyCommand({ RoleName: given["role-name"], PolicyName: given["policy-name"] }));
      return;
    case "events remove-targets":
      await eventBridge.send(new RemoveTargetsCommand({ Rule: given.rule, Ids: [given.ids] }));
      return;
    default:
      throw new Error(`no command of AWS's that is known here: ${command}`);
  }
}
