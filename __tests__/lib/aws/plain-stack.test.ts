import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  ControllerPolicy,
  ControllerRole,
  DiscoveryTags,
  FargateProfile,
  InterruptionQueue,
  IrsaRole,
  Karpenter,
  NodeAccess,
  NodeRole,
} from "../../../lib";
import { PLACE, PROVIDER_ARN, ROLE_ARN } from "../../support/fixtures";
import { Synthesized } from "../../support/stack";

const COMMON = { ...PLACE, clusterName: "demo" };
const NODES = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

/** Each construct as users write it, in whatever stack they have. */
const CONSTRUCTS: Readonly<Record<string, (scope: Construct) => Construct>> = {
  ControllerPolicy: (scope) => new ControllerPolicy(scope, "it", { ...COMMON, nodeRoleArns: [ROLE_ARN] }),
  ControllerRole: (scope) =>
    new ControllerRole(scope, "it", { ...COMMON, nodeRoleArns: [ROLE_ARN], oidcProviderArn: PROVIDER_ARN }),
  DiscoveryTags: (scope) => new DiscoveryTags(scope, "it", { ...COMMON, discoverySubnetIds: { a: "subnet-1" } }),
  FargateProfile: (scope) => new FargateProfile(scope, "it", { ...COMMON, ...NODES }),
  InterruptionQueue: (scope) => new InterruptionQueue(scope, "it", COMMON),
  IrsaRole: (scope) =>
    new IrsaRole(scope, "it", {
      oidcProviderArn: PROVIDER_ARN,
      roleName: "app",
      serviceAccounts: [{ namespace: "a", name: "b" }],
    }),
  Karpenter: (scope) => new Karpenter(scope, "it", { ...COMMON, ...NODES, oidcProviderArn: PROVIDER_ARN }),
  NodeAccess: (scope) => new NodeAccess(scope, "it", { ...COMMON, nodeRoleArn: ROLE_ARN }),
  NodeRole: (scope) => new NodeRole(scope, "it", COMMON),
};

function plainStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "plain");
  new AwsProvider(stack, "aws", { region: "eu-north-1" });
  new HelmProvider(stack, "helm");
  return stack;
}

describe.each(Object.entries(CONSTRUCTS))("%s in a plain TerraformStack", (_, create) => {
  test("synthesizes under hashed names in Testing.synthScope", () => {
    const json = JSON.parse(Testing.synthScope((scope) => void create(scope))) as object;
    const { resources } = new Synthesized(json as Record<string, unknown>);
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.filter((address) => !/\.it(_[\w-]+)?_[0-9A-F]{8}$/.test(address))).toEqual([]);
  });

  test("refers to nothing that is not there", () => {
    const text = Testing.synthScope((scope) => void create(scope));
    const { addresses } = new Synthesized(JSON.parse(text) as Record<string, unknown>);
    const references = [...text.matchAll(/\$\{((?:data\.)?(?:aws_\w+|terraform_data)\.[\w-]+)/g)].map(
      ([, address]) => address,
    );
    expect(references.filter((address) => !addresses.includes(address))).toEqual([]);
  });
});

describe("Karpenter in a plain TerraformStack", () => {
  test("is written by Testing.fullSynth, with every validation passed", () => {
    const stack = plainStack();
    CONSTRUCTS.Karpenter(stack);
    const outdir = Testing.fullSynth(stack);
    const file = join(outdir, "stacks", "plain", "cdk.tf.json");
    expect(existsSync(file)).toBe(true);
    expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("resource.aws_eks_fargate_profile");
    rmSync(outdir, { recursive: true });
  });

  test("replaces its access entry by an address that is there", () => {
    const json = Testing.synthScope((scope) => void CONSTRUCTS.Karpenter(scope));
    const { resources, json: parsed } = new Synthesized(JSON.parse(json) as Record<string, unknown>);
    const triggers = [...JSON.stringify(parsed).matchAll(/"replace_triggered_by":\["(.*?)"\]/g)].map(
      ([, address]) => address,
    );
    expect(triggers).toHaveLength(2);
    expect(triggers.filter((address) => !resources.includes(address))).toEqual([]);
  });

  test("does not collide with another Karpenter, or with itself in a second stack of the app", () => {
    const app = Testing.app();
    const stacks = ["one", "two"].map((id) => new TerraformStack(app, id));
    const addresses = stacks.map((stack) => {
      new Karpenter(stack, "a", { ...COMMON, ...NODES, oidcProviderArn: PROVIDER_ARN });
      new Karpenter(stack, "b", { ...COMMON, ...NODES, clusterName: "other", oidcProviderArn: PROVIDER_ARN });
      return new Synthesized(JSON.parse(Testing.synth(stack)) as Record<string, unknown>).addresses;
    });
    expect(addresses[0]).toEqual(addresses[1]);
    expect(addresses[0].filter((address) => /\.a_/.test(address)).length).toBe(addresses[0].length / 2);
  });

  test("fails at app.synth() with its problems, and not before", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "plain");
    new AwsProvider(stack, "aws", { region: "eu-north-1" });
    new HelmProvider(stack, "helm");
    expect(() => new Karpenter(stack, "karpenter", { ...COMMON, ...NODES })).not.toThrow();
    expect(() => app.synth()).toThrow(
      '"oidcProviderArn" is null, but must be given when "controllerIdentity" is "irsa"',
    );
  });
});
