import { TerraformLocal } from "cdktf";
import type { NamedByClasses } from "../../../lib/node-objects/class-permissions";
import { AMI_PARAMETERS, arnsAtPlan, VOLUME_KEYS, withNamed } from "../../../lib/node-objects/class-permissions";
import { RootModule } from "../../../modules/root";
import { publishedModules } from "../../../modules";
import { ACCOUNT, KEY_ARN, PLACE } from "../../support/fixtures";
import { evaluate, localsOf } from "../../support/hcl";
import { synth } from "../../support/stack";
import { variable, variableList } from "../../support/tokens";

/** A value as Terraform finds it. */
const resolved = (value: unknown) => String(synth((stack) => new TerraformLocal(stack, "value", value)).local("value"));

const OWN = `arn:aws:ssm:${PLACE.region}:${ACCOUNT}:parameter`;
const SHARED = `arn:aws:ssm:${PLACE.region}:444455556666:parameter/golden/shared`;

/** Texts of a node class, and the ARNs that the controller is given. */
const PARAMETERS: readonly (readonly [string, string[]])[] = [
  ["/golden/eks", [`${OWN}/golden/eks`]],
  ["golden", [`${OWN}/golden`]],
  ["/golden/eks:3", [`${OWN}/golden/eks`]],
  ["golden:stable", [`${OWN}/golden`]],
  [SHARED, [SHARED]],
  [`${SHARED}:3`, [SHARED]],
  ["/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id", []],
  ["/golden/*", []],
  ["*", []],
  ["arn:aws:ssm:*:*:parameter/golden", []],
  ["", []],
];
const KEYS: readonly (readonly [string, string[]])[] = [
  [KEY_ARN, [KEY_ARN]],
  ["1234abcd-12ab", [`arn:aws:kms:${PLACE.region}:${ACCOUNT}:key/1234abcd-12ab`]],
  ["mrk-1234", [`arn:aws:kms:${PLACE.region}:${ACCOUNT}:key/mrk-1234`]],
  ["alias/nodes", []],
  [KEY_ARN.replace("key/", "alias/"), []],
  ["*", []],
];

const classWith = (named: NamedByClasses, text: string) =>
  named === AMI_PARAMETERS
    ? { amiSelectorTerms: [{ id: "ami-0" }, { ssmParameter: text }] }
    : { blockDeviceMappings: [{ deviceName: "/dev/xvda" }, { deviceName: "/dev/xvdb", ebs: { kmsKeyID: text } }] };

describe.each([
  ["SSM parameters", AMI_PARAMETERS, PARAMETERS, "ami_parameter_arns"],
  ["KMS keys", VOLUME_KEYS, KEYS, "ebs_kms_key_arns"],
] as const)("%s that node classes name", (_, named, samples, input) => {
  const root = publishedModules().find((stack): stack is RootModule => stack instanceof RootModule);
  const json = root?.toModule() as unknown as {
    readonly locals: Readonly<Record<string, unknown>>;
    readonly module: { readonly controller_identity: Readonly<Record<string, string>> };
  };
  /** What the root module hands to its part. */
  const inModule = (given: object) => {
    const scope = {
      var: {
        ...Object.fromEntries((root?.variables ?? []).map(({ name, props }) => [name, props.default])),
        partition: PLACE.partition,
        region: PLACE.region,
        account_id: ACCOUNT,
        ...given,
      },
      data: { aws_partition: {}, aws_region: {}, aws_caller_identity: {} },
    };
    const local = localsOf(
      { ...json.locals, partition: PLACE.partition, region: PLACE.region, account_id: ACCOUNT },
      scope,
    );
    return evaluate(json.module.controller_identity[input], { ...scope, local });
  };

  test.each(samples)("%j: %j, typed, in the free form and in a manifest, at synth and at plan", (text, arns) => {
    const own = classWith(named, text);
    const forms = [
      { nodeClasses: { a: own } },
      { nodeClasses: { a: { spec: own } } },
      { manifests: [{ kind: "EC2NodeClass", spec: own }] },
    ];
    const nothing = arns.length === 0 ? undefined : arns;
    expect(forms.map((objects) => withNamed(undefined, named, objects, PLACE))).toEqual(forms.map(() => nothing));
    expect(evaluate(resolved(arnsAtPlan(named, [text], PLACE)))).toEqual(arns);
    expect([
      inModule({ node_classes: { a: own } }),
      inModule({ node_classes: { a: { spec: own } } }),
      inModule({ manifests: [{ kind: "EC2NodeClass", spec: own }] }),
    ]).toEqual([arns, arns, arns]);
  });

  const [[text, arns]] = samples;

  test("come after those that are given, each once", () => {
    const objects = { nodeClasses: { a: classWith(named, text), b: classWith(named, text) } };
    expect(withNamed([...arns, "given"], named, objects, PLACE)).toEqual([...arns, "given"]);
    expect(withNamed(["given"], named, objects, PLACE)).toEqual(["given", ...arns]);
    expect(inModule({ node_classes: objects.nodeClasses, [input]: ["given"] })).toEqual(["given", ...arns]);
  });

  test("are read at plan where only Terraform knows them, beside known ones", () => {
    const nodeClasses = { a: classWith(named, variable("text")), b: classWith(named, text) };
    const found = withNamed(["given"], named, { nodeClasses }, PLACE);
    expect(evaluate(resolved(found), { var: { text: samples[1][0] } })).toEqual(["given", ...arns, ...samples[1][1]]);
    const given = withNamed(variableList("given"), named, { nodeClasses: { b: classWith(named, text) } }, PLACE);
    expect(evaluate(resolved(given), { var: { given: ["given"] } })).toEqual(["given", ...arns]);
  });

  test("are none without node classes, and what is given stays as it is", () => {
    expect(withNamed(undefined, named, {}, PLACE)).toBeUndefined();
    expect(withNamed([], named, { nodeClasses: { a: {} } }, PLACE)).toEqual([]);
    expect(inModule({})).toEqual([]);
  });
});
