/**
 * What only an apply knows, and what must not be shown, is no bad input: the rules wait, and say nothing of it. Warnings do not wait
 * for what they do not read, and say what synth says.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { karpenterCharts } from "../cloud/charts";
import { standInMirrors } from "../cloud/stand-in-providers";
import type { Plan } from "../cloud/terraform";
import { Terraform } from "../cloud/terraform";
import { nodeWarnings } from "../../lib/node-objects/warnings";
import { snakeCase } from "../../lib/terraform/readable-stack";
import { copyModules } from "../support/account";
import { waitingChecks, warningsOf } from "../support/check-blocks";

const ROOT = (charts: string): string => `
resource "terraform_data" "later" {
  input = "arn:aws:iam::123456789012:role/karpenter"
}

variable "secret" {
  sensitive = true
  default   = "replicas: 1"
}

module "controller" {
  source                 = "./karpenter/modules/controller"
  chart_repository       = "${charts}"
  cluster_name           = "prod"
  controller_role_arn    = terraform_data.later.output
  controller_size        = { cpu = terraform_data.later.id }
  controller_tolerations = [{ key = terraform_data.later.id }]
  service_monitor_labels = { release = terraform_data.later.id }
  controller_helm_values = [yamlencode({ podLabels = { a = terraform_data.later.id } }), var.secret]
}

module "node_pools" {
  source = "./karpenter/modules/node-pools"
  node_pools = {
    default = {
      limits       = { cpu = terraform_data.later.id }
      disruption   = { budgets = [{ nodes = terraform_data.later.id }] }
      requirements = [{ key = "a", operator = "In", values = [terraform_data.later.id] }]
    }
  }
  node_classes = {
    default = {
      amiFamily        = "AL2023"
      amiSelectorTerms = [{ id = terraform_data.later.id }]
      role             = terraform_data.later.id
      spec             = { context = terraform_data.later.id }
      userData         = var.secret
      metadataOptions  = { httpPutResponseHopLimit = 2 }
      blockDeviceMappings = [
        { deviceName = "/dev/xvda", ebs = { volumeSize = "100Gi", encrypted = true, kmsKeyID = terraform_data.later.id } },
      ]
    }
  }
}
`;

/** Objects that much is told of; typed, in a spec and as a manifest. */
const WARNED = {
  node_pools: {
    spot: {
      limits: { CPU: "10" },
      nodeClass: "typed",
      disruption: { budgets: [{ nodes: "1", reasons: ["Drifted"] }] },
      requirements: [
        { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
        { key: "node.kubernetes.io/instance-type", operator: "In", values: ["m5.large"] },
        { key: "kubernetes.io/os", operator: "In", values: ["windows"] },
        { key: "topology.kubernetes.io/zone", operator: "In", values: ["eu-north-1"] },
      ],
    },
    unlimited: { nodeClass: "own", disruption: { consolidateAfter: "1m" }, terminationGracePeriod: "1h" },
  },
  node_classes: {
    typed: {
      amiAlias: "bottlerocket@1.28.0",
      metadataOptions: { httpTokens: "optional" },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: "100Gi", volumeType: "gp3", iops: 60_000, kmsKeyID: "alias/nodes" },
        },
      ],
    },
    own: { spec: { amiFamily: "AL2", amiSelectorTerms: [{ name: "bottlerocket-*" }] } },
  },
  manifests: [
    {
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: "manifest" },
      spec: { amiSelectorTerms: [{ alias: "al2023@latest" }], metadataOptions: { httpPutResponseHopLimit: 2 } },
    },
  ],
};

const WARNED_MODULE = {
  source: "./karpenter/modules/node-pools",
  release_name: "warned",
  node_class_defaults: {
    role: "${terraform_data.later.id}",
    subnetSelectorTerms: [{ id: "subnet-1" }],
    securityGroupSelectorTerms: [{ id: "sg-1" }],
  },
  acknowledge_warnings: { "karpenter-imds-v1": "nothing fetches addresses here" },
  ...WARNED,
};

describe("values that only an apply knows, and secret ones", () => {
  let folder: string;
  let terraform: Terraform;
  let plan: Plan;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "karpenter-unknown-"));
    await copyModules(join(folder, "karpenter"));
    await writeFile(join(folder, "main.tf"), ROOT(dirname((await karpenterCharts("1.14.3")).karpenter)));
    await writeFile(join(folder, "warned.tf.json"), JSON.stringify({ module: { warned: WARNED_MODULE } }));
    terraform = await Terraform.in({ folder, mirrors: await standInMirrors() });
    await terraform.init();
    plan = await terraform.plan();
  });

  afterAll(async () => {
    await terraform?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("pass the rules of the controller and of the NodePools at plan", () => {
    const planned = (plan.json.resource_changes ?? []).map(({ type, name }) => (type === "helm_release" ? type : name));
    // Each module remembers what it was installed with.
    expect(planned.sort()).toEqual([
      ...Array.from({ length: 6 }, () => "helm_release"),
      "karpenter_crds_installed",
      ...Array.from({ length: 3 }, () => "karpenter_installed"),
      "later",
    ]);
  });

  it("keep no warning waiting but that of the limit that is not known", () => {
    expect(waitingChecks(plan)).toEqual(["module.node_pools.check.karpenter_limit_without_effect"]);
  });

  it("leave the warnings of all else as synth has them, but for those that are acknowledged", () => {
    const { node_pools: nodePools, node_classes: nodeClasses, manifests } = WARNED;
    const atSynth = nodeWarnings({ nodePools, nodeClasses, manifests } as never).filter(
      ({ id }) => !(id in WARNED_MODULE.acknowledge_warnings),
    );
    expect(new Set(atSynth.map(({ id }) => id)).size).toBe(14);
    const known = [
      '"node_classes.default.metadataOptions.httpPutResponseHopLimit" is 2: pods reach',
      '"node_pools.default": no "terminationGracePeriod"',
    ];
    const told = warningsOf(plan).map((sentence) => sentence.replace(/ \[karpenter-[a-z0-9-]+\]$/, ""));
    const others = told.filter((sentence) => known.some((beginning) => sentence.startsWith(beginning)));
    expect(others).toHaveLength(known.length);
    expect(told.filter((sentence) => !others.includes(sentence))).toEqual(
      atSynth.map(({ text }) => text.replace(/\b(nodePools|nodeClasses|kubernetesVersion)\b/g, snakeCase)).sort(),
    );
  });
});
