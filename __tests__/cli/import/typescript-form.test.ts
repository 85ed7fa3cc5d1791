import { TerraformStack, Testing } from "cdktf";
import { ModuleKind, transpileModule } from "typescript";
import type { Place } from "../../../cli/import/addresses";
import { ADDRESSES, resourceIn } from "../../../cli/import/addresses";
import { movingIn } from "../../../cli/import/moving-in";
import { typescriptForm } from "../../../cli/import/typescript-form";
import * as library from "../../../lib";
import { BY_HAND, stateOfObjects } from "../../support/states";

type Synthesized = Readonly<Record<"import" | "moved" | "removed", readonly Readonly<Record<string, unknown>>[]>>;

const written = (sameState: boolean, terraformVersion = "1.11.4") =>
  typescriptForm(movingIn(stateOfObjects(...BY_HAND)), { sameState, terraformVersion });

/** Runs a file in a stack as a user does, and returns what the stack became. */
function run(text: string): Synthesized {
  const module: { addKarpenter?: (stack: TerraformStack) => void } = {};
  const code = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS } }).outputText;
  new Function("require", "exports", code)(() => library, module);
  const stack = new TerraformStack(Testing.app(), "platform");
  module.addKarpenter?.(stack);
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

describe("a move in TypeScript", () => {
  test("moves within the state of a stack, and forgets there", () => {
    const { moved, removed } = run(written(true).files["karpenter.ts"]);
    expect(moved).toHaveLength(8);
    expect(moved).toContainEqual({
      from: "aws_iam_role.node",
      to: expect.stringMatching(/^aws_iam_role\.karpenter_node_[0-9A-F]{8}$/) as unknown,
    });
    expect(removed).toEqual([{ from: "aws_iam_role_policy.controller", lifecycle: { destroy: false } }]);
  });

  test("imports into a stack with a state of its own", () => {
    const { files } = written(false);
    const { import: imports, moved } = run(files["karpenter.ts"]);
    expect(imports).toHaveLength(8);
    expect(imports.map(({ id }) => id)).toContain("prod:karpenter");
    expect(moved).toBeUndefined();
    expect(files["old-root/removed.tf"].match(/from = /g)).toHaveLength(BY_HAND.length);
  });

  test("has commands for a Terraform that knows no removed blocks", () => {
    const { files, commands } = written(true, "1.6.0");
    expect(files["karpenter.ts"]).not.toContain("forgotten");
    expect(commands).toEqual(["terraform state rm 'aws_iam_role_policy.controller'"]);
  });
});

describe("the resources of Karpenter", () => {
  const ARN = "arn:aws:iam::111122223333:policy/own";
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "a:B", Resource: "*" }],
  });
  const karpenter = (more: Partial<library.KarpenterProps>) =>
    new library.Karpenter(new TerraformStack(Testing.app(), "platform"), "karpenter", {
      clusterName: "prod",
      oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-north-1.amazonaws.com/id/ABC",
      subnetIds: ["subnet-0a1b2c3d4e5f60001"],
      securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
      discoverySubnetIds: { a: "subnet-0a1b2c3d4e5f60001" },
      discoverySecurityGroupIds: { a: "sg-0a1b2c3d4e5f60001" },
      controllerAdditionalPolicies: { own: ARN },
      controllerInlinePolicies: { own: document },
      nodeAdditionalPolicies: { own: ARN },
      nodeInlinePolicies: { own: document },
      podExecutionRoleAdditionalPolicies: { own: ARN },
      podExecutionInlinePolicies: { own: document },
      ...more,
    });

  test("are where each place says", () => {
    const onNodes = {
      controllerIdentity: "pod-identity",
      createFargateProfile: false,
      karpenterVersion: "1.3.3",
    } as const;
    const found = [karpenter({}), karpenter(onNodes)].flatMap(({ node }) =>
      node.findAll().map((one) => one.node.path.replace(/^platform\/karpenter\//, "")),
    );
    const places = Object.keys(ADDRESSES) as Place[];
    expect(places.filter((place) => !found.includes(resourceIn(place)))).toEqual([]);
  });
});
