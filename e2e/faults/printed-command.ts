/** Does what a printed command would do: the machine need not have the AWS CLI. */
import { DeleteFargateProfileCommand } from "@aws-sdk/client-eks";

import type { AwsClients } from "../cloud/aws-clients";
import type { Terraform } from "../cloud/terraform";

/** Runs one of the commands that `import` prints. Throws where it is none that can come up here. */
export async function runPrinted(command: string, { eks }: AwsClients, terraform: Terraform): Promise<void> {
  const tainted = /^terraform untaint '(.+)'$/.exec(command)?.[1];
  if (tainted !== undefined) {
    return terraform.untaint(tainted);
  }
  const [, rest] = /^aws eks delete-fargate-profile (.*)$/.exec(command) ?? [];
  if (rest === undefined) {
    throw new Error(`nobody has thought of this command: ${command}`);
  }
  const options = Object.fromEntries([...rest.matchAll(/--(\S+) (\S+)/g)].map(([, name, value]) => [name, value]));
  await eks.send(
    new DeleteFargateProfileCommand({
      clusterName: options["cluster-name"],
      fargateProfileName: options["fargate-profile-name"],
    }),
  );
}
