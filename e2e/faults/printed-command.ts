/** Does what a printed command would do: the machine need not have the AWS CLI. */
import type { AwsClients } from "../cloud/aws-clients";
import type { Terraform } from "../cloud/terraform";
import { awsCommand } from "../support/printed-commands";

/** Runs one of the commands that `import` prints for what stands in the way. Throws where it is none that can come up here. */
export function runPrinted(command: string, clients: AwsClients, terraform: Terraform): Promise<void> {
  const tainted = /^terraform untaint '(.+)'$/.exec(command)?.[1];
  return tainted === undefined ? awsCommand(clients, command) : terraform.untaint(tainted);
}
