/** Changes that may cost nodes or the controller something: each is applied while pods run, and undone before the next one. */
import { dirname } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import { OLDER_KARPENTER_VERSION } from "../cloud/karpenter-controller";
import type { TerraformVariables } from "../cloud/terraform";
import type { Installation } from "./installation";

/** An input whose change is applied. */
export interface Risky {
  readonly input: string;
  /** The inputs that are applied, from those of the plan in `cases`. */
  readonly change: (planned: TerraformVariables, installation: Installation) => Promise<TerraformVariables>;
}

const planned = (input: string): Risky => ({ input, change: (variables) => Promise.resolve(variables) });

export const RISKY: readonly Risky[] = [
  ...["settings", "controller_replicas", "service_account_name", "create_flow_schemas"].map(planned),
  ...["interruption_handling", "create_event_rules", "interruption_queue_name"].map(planned),
  ...["interruption_queue_kms_key_arn", "permissions_boundary_arn", "controller_role_name"].map(planned),
  ...["fargate_selectors", "fargate_subnet_ids", "create_access_entry", "tags", "node_pools"].map(planned),
  {
    input: "karpenter_version",
    // The controller of the release of the plan cannot be had here.
    change: async () => ({
      karpenter_version: OLDER_KARPENTER_VERSION,
      chart_repository: dirname((await karpenterCharts(OLDER_KARPENTER_VERSION)).karpenter),
    }),
  },
  { input: "subnet_ids", change: async (_, installation) => ({ subnet_ids: await subnetsWithoutNodes(installation) }) },
  ...["instance_profile_mode", "node_role_name", "iam_path", "name_prefix"].map(planned),
];

/** The cluster's subnets without those in which its nodes run. */
async function subnetsWithoutNodes({ cluster, network }: Installation): Promise<string[]> {
  const taken = (await cluster.eks.instances()).map(({ SubnetId }) => SubnetId);
  return network.subnetIds.filter((id) => !taken.includes(id));
}

/** The identity that docs/changes.md gives to nodes first. */
export const SECOND_IDENTITY = `
module "nodes" {
  source       = "./karpenter/modules/node-identity"
  cluster_name = "prod"
  name_prefix  = "prod-second"
}
`;

/** The inputs of both steps, as docs/changes.md has them. */
export function secondIdentity({
  network,
  variables,
}: Installation): Readonly<Record<"toBoth" | "toSecond", TerraformVariables>> {
  const node_role_arn = `arn:aws:iam::${network.accountId}:role/prod-second-karpenter-node`;
  const instance_profile_name = "prod-second-karpenter-instance-profile";
  const { default: nodeClass } = variables.node_classes as { default: object };
  return {
    toBoth: {
      additional_node_role_arns: [node_role_arn],
      node_classes: { default: { ...nodeClass, instanceProfile: instance_profile_name } },
    },
    toSecond: {
      create_node_role: false,
      node_role_arn,
      create_instance_profile: false,
      instance_profile_name,
      create_access_entry: false,
      accepted_change: "no node is of the first role any more",
    },
  };
}
