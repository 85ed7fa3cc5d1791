/** What a plan would make and is there already: after a run that was killed, an answer that was lost, or a state that is gone. */
import { ifThere } from "../../aws/answers";
import type { AwsClients } from "../../aws/clients";
import type { Finding } from "../../finding";
import type { Kubernetes } from "../../kubernetes/kubernetes";
import { Unreachable } from "../../kubernetes/unreachable";
import { Expression, hclBlock } from "../hcl";
import type { Asked, Found } from "./lookups";
import { LOOKUPS, NOT_ASKED } from "./lookups";
import type { Planned } from "./plan";

const AND_AGAIN = "Run this, and apply again:";

/** Objects that are there, and what stands in the way of the rest. */
export interface Existing {
  /** What Terraform can take over. */
  readonly existing: readonly { readonly address: string; readonly id: string }[];
  readonly findings: readonly Finding[];
}

/** Which account is asked, and which cluster. */
export interface Where {
  readonly aws: AwsClients;
  readonly kubernetes: Kubernetes;
}

/** Looks for each object. */
export async function existingOf(planned: readonly Planned[], { aws, kubernetes }: Where): Promise<Existing> {
  const { Account: account = "", Arn: caller = "" } = await aws.sts.getCallerIdentity({});
  const asked: Asked = {
    aws,
    kubernetes,
    account,
    partition: caller.split(":")[1] || "aws",
    roleArns: await roleArnsOf(planned, aws),
  };
  const existing: Existing["existing"][number][] = [];
  const findings: Finding[] = [];
  for (const object of planned) {
    try {
      const found = await LOOKUPS[object.type]?.(object.values, asked);
      // What goes first makes room for itself.
      if (found !== undefined && (found.id !== object.replaces?.id || object.replaces.goesLast)) {
        const inTheWay = obstacleOf(object, found);
        if (inTheWay === undefined) {
          existing.push({ address: object.address, id: found.id });
        } else {
          findings.push({ severity: "error", where: object.address, text: inTheWay });
        }
      }
    } catch (problem) {
      if (!(problem instanceof Unreachable)) {
        throw problem;
      }
      findings.push({
        severity: "warning",
        where: object.address,
        text: `could not be looked for: ${problem.message}; give --kubeconfig, or --cluster-name`,
      });
    }
    const id = NOT_ASKED[object.type]?.(object.values);
    if (id !== undefined) {
      findings.push({
        severity: "warning",
        where: object.address,
        text: `is not looked for; where the apply says that it exists: terraform import '${object.address}' '${id}'`,
      });
    }
  }
  return { existing, findings };
}

/** An `import` block for each. */
export function importBlocks(existing: Existing["existing"]): string {
  return `${existing.map(({ address, id }) => hclBlock("import", { to: new Expression(address), id })).join("\n\n")}\n`;
}

/** The same for a root that takes no blocks, such as the one that CDKTF writes anew. */
export function importCommands(existing: Existing["existing"]): readonly string[] {
  return existing.map(({ address, id }) => `terraform import '${address}' '${id}'`);
}

async function roleArnsOf(planned: readonly Planned[], { iam }: AwsClients): Promise<ReadonlySet<string>> {
  const names = planned.flatMap(({ type, values }) => (type === "aws_iam_role" ? [String(values.name)] : []));
  const found = await Promise.all(names.map((RoleName) => ifThere(iam.getRole({ RoleName }))));
  return new Set(found.flatMap((answer) => answer?.Role?.Arn ?? []));
}

/** Why Terraform cannot take an object over, and what to do. */
function obstacleOf({ address, type, replaces }: Planned, { id, removal, obstacle }: Found): string | undefined {
  if (obstacle !== undefined) {
    const way = type === "helm_release" && obstacle.includes("pending") ? "npx cdktf-karpenter cleanup --yes" : removal;
    return `${id} stands in the way: ${obstacle}. ${AND_AGAIN} ${way}`;
  }
  if (replaces?.id === id) {
    // Terraform taints what it made and could not wait for, and the new one would come before the old one goes.
    return `${id} stands in its own way: it is there, and Terraform holds it for broken. ${AND_AGAIN} terraform untaint '${address}'`;
  }
  return replaces === undefined
    ? undefined
    : `${id} stands in the way: it was made to replace ${replaces.id}, which the state has. ${AND_AGAIN} ${removal}`;
}
