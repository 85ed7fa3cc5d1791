import type { KarpenterProps } from "../../lib";
import { Karpenter } from "../../lib";
import { PLACE, PROVIDER_ARN } from "../support/fixtures";
import { problemsOf, synth } from "../support/stack";
import { variable, variableMap } from "../support/tokens";

const PROPS: KarpenterProps = {
  ...PLACE,
  clusterName: "demo",
  oidcProviderArn: PROVIDER_ARN,
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
  nodePools: { default: { limits: { cpu: "100" } } },
  nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
};
const CRD = "karpenter_charts_crd";
const CONTROLLER = "karpenter_charts_controller";
const FLOW_SCHEMAS = "karpenter_charts_flow_schemas";
const GUARD = "karpenter_charts_guard";
const NODE_POOLS = "karpenter_node_pools";
const MONITORING = "karpenter_monitoring";

const karpenter = (props: Partial<KarpenterProps> = {}) =>
  synth((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...props }));
const problems = (props: Partial<KarpenterProps>) =>
  problemsOf((stack) => new Karpenter(stack, "karpenter", { ...PROPS, ...props }));
const releases = (props: Partial<KarpenterProps>) =>
  karpenter(props).resources.filter((address) => address.startsWith("helm_release."));
const dependsOn = (name: string, props: Partial<KarpenterProps> = {}) =>
  karpenter(props).resource("helm_release", name).depends_on as string[];

describe("Karpenter's cluster side", () => {
  test("is the CRDs, the FlowSchemas, the controller, its guard and the NodePools, in this order", () => {
    expect(dependsOn(CONTROLLER)).toEqual([CRD, FLOW_SCHEMAS].map((name) => `helm_release.${name}`));
    expect(dependsOn(FLOW_SCHEMAS)).toEqual([`helm_release.${CRD}`]);
    expect(dependsOn(GUARD)).toEqual([`helm_release.${CONTROLLER}`]);
    expect(dependsOn(NODE_POOLS)).toEqual([CRD, FLOW_SCHEMAS, CONTROLLER, GUARD].map((name) => `helm_release.${name}`));
  });

  test("comes after all that lets the controller work and nodes join", () => {
    const before = dependsOn(CRD);
    expect(before).toEqual(
      expect.arrayContaining([
        "aws_eks_fargate_profile.karpenter_fargate",
        "aws_eks_access_entry.karpenter_node_access",
        "aws_iam_instance_profile.karpenter_node_instance_profile",
        "aws_iam_role_policy.karpenter_controller_inline_policy",
        "aws_iam_role_policy_attachment.karpenter_node_amazon_eks_worker_node_policy",
        "aws_iam_role_policy_attachment.karpenter_fargate_amazon_eks_fargate_pod_execution_role_policy",
      ]),
    );
  });

  test("does not wait for the rules that fill the queue, but for the queue", () => {
    expect(dependsOn(CRD).filter((address) => address.includes("_interruption_"))).toEqual([]);
    expect(JSON.stringify(karpenter().resource("helm_release", CONTROLLER).values)).toContain(
      "aws_sqs_queue.karpenter_interruption.name",
    );
  });

  test("has alerts and a dashboard where they are asked for, once the namespace is there", () => {
    expect(releases({})).not.toContain(`helm_release.${MONITORING}`);
    for (const asked of [{ prometheusRule: true }, { grafanaDashboard: true }]) {
      expect(releases(asked)).toContain(`helm_release.${MONITORING}`);
    }
    const props = { prometheusRule: true, namespace: "nodes", karpenterVersion: "1.13.1" };
    expect(dependsOn(MONITORING, props)).toContain(`helm_release.${CRD}`);
    const { namespace, values } = karpenter(props).resource("helm_release", MONITORING);
    expect(namespace).toBe("nodes");
    expect(JSON.stringify(values)).toContain("KarpenterSubnetAddresses");
  });

  test("has the log router's configuration before the controller's pods, and until they are gone", () => {
    const logging = "helm_release.karpenter_fargate_logging";
    const managed = { fargateLogging: "managed" } as const;
    expect(releases({})).not.toContain(logging);
    expect(releases({ fargateLogging: "existing", fargateLogGroupName: "theirs" })).not.toContain(logging);
    expect(dependsOn(CRD, managed)).toContain(logging);
    expect(dependsOn(CONTROLLER, { ...managed, crds: "existing" })).toContain(logging);
    expect(JSON.stringify(karpenter(managed).resource("helm_release", "karpenter_fargate_logging"))).toContain(
      "log_group_name ${aws_cloudwatch_log_group.karpenter_fargate_log_group.name}",
    );
    expect(releases({ ...managed, installController: false, nodePools: {}, nodeClasses: {} })).toEqual([logging]);
  });

  test("makes the controller's pods anew when what the log router reads is another", () => {
    // What only Terraform knows stands in a local.
    const annotations = (props: Partial<KarpenterProps>) =>
      /"podAnnotations" = (.*?sha256\()/.exec(JSON.stringify(karpenter(props).json).replaceAll('\\"', '"'))?.[1];
    const managed = { fargateLogging: "managed" } as const;
    const mark = '"cdktf-karpenter/fargate-logging" = sha256(';
    expect(annotations({ controllerPodAnnotations: { a: "b" } })).toBeUndefined();
    expect(annotations(managed)).toBe(`{${mark}`);
    expect(annotations({ ...managed, controllerPodAnnotations: { a: "b" } })).toBe(`{"a" = "b", ${mark}`);
    expect(annotations({ ...managed, controllerPodAnnotations: variableMap("own") })).toBe(
      `merge(merge(var.own, {${mark}`,
    );
  });

  test("refuses to hear from Terraform whether there are logs", () => {
    expect(problems({ fargateLogging: variable("mode") as never })).toEqual([
      '"fargateLogging" is a value that only Terraform knows, but must be known at synth; write one of "none", "managed", "existing"',
    ]);
  });

  test("refuses alerts on a release whose metrics have other names", () => {
    expect(problems({ prometheusRule: true, karpenterVersion: "0.37.0", nodePools: {}, nodeClasses: {} })).toEqual([
      '"prometheusRule" is true with Karpenter "0.37.0", but must be false before 1.0, whose metrics have other names; ' +
        "leave it out, or take a later release",
    ]);
  });

  test("gives node classes the instance profile, subnets and security groups of the AWS side", () => {
    const [values] = karpenter().resource("helm_release", NODE_POOLS).values as string[];
    expect(values).toContain(
      '"nodeClassDefaults" = {"instanceProfile" = aws_iam_instance_profile.karpenter_node_instance_profile.name, ' +
        '"subnetSelectorTerms" = [{"id" = "subnet-1"}, {"id" = "subnet-2"}], "securityGroupSelectorTerms" = [{"id" = "sg-1"}]}',
    );
  });

  test("gives node classes the tags of everything, unless it is told not to", () => {
    const tags = { team: "platform", "cost:center": "42" };
    const tagsOf = (props: Partial<KarpenterProps>) =>
      /"tags" = (\{.*?\})/.exec(
        String((karpenter(props).resource("helm_release", NODE_POOLS).values as string[])[0]),
      )?.[1];
    expect(tagsOf({ tags })).toBe('{"team" = "platform", "cost:center" = "42"}');
    expect(tagsOf({ tags: variableMap("tags") })).toBeUndefined();
    expect(karpenter({ tags: variableMap("tags") }).resource("helm_release", NODE_POOLS).values).toEqual([
      expect.stringContaining('"tags" = var.tags'),
    ]);
    expect(tagsOf({ tags, tagNodes: false })).toBeUndefined();
    expect(tagsOf({})).toBeUndefined();
  });

  test("refuses a node class that has too many tags with those of everything, also as a manifest", () => {
    const many = (count: number, prefix: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, "x"]));
    const spec = { amiSelectorTerms: [{ alias: "al2023@v20260714" }], tags: many(25, "own") };
    const manifest = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass", metadata: { name: "m" }, spec };
    const classes = { default: { amiAlias: "al2023@v20260714", tags: many(24, "own") } };
    expect(problems({ tags: many(20, "all"), nodeClasses: classes })).toEqual([]);
    expect(problems({ tags: many(20, "all"), nodeClasses: classes, manifests: [manifest] })).toEqual([
      '"manifests[0].spec.tags" and what every node class gets from "tags" are 45 tags together, but must be at most 44; ' +
        "leave some out: EC2 takes 50 on an instance, and Karpenter sets six of its own",
    ]);
    expect(problems({ tags: many(20, "all"), manifests: [manifest], completeManifests: false })).not.toEqual([
      expect.stringContaining("tags together"),
    ]);
    expect(problems({ tags: many(21, "all"), nodeClasses: classes })).toHaveLength(1);
    expect(problems({ tags: many(21, "own"), nodeClasses: classes })).toEqual([]);
    expect(problems({ tags: many(21, "all"), nodeClasses: classes, tagNodes: false })).toEqual([]);
  });

  test("takes the controller's options", () => {
    const [values] = karpenter({ settings: { batchIdleDuration: "2s" }, controllerReplicas: 3 }).resource(
      "helm_release",
      CONTROLLER,
    ).values as string[];
    expect(values).toContain('"batchIdleDuration" = "2s"');
    expect(values).toContain('"replicas" = 3');
  });

  test.each<[string, Partial<KarpenterProps>, string[]]>([
    ["everything", {}, [CONTROLLER, CRD, FLOW_SCHEMAS, GUARD, NODE_POOLS]],
    ["the controller alone", { nodePools: {}, nodeClasses: {} }, [CONTROLLER, CRD, FLOW_SCHEMAS, GUARD]],
    ["NodePools for a controller of one's own", { installController: false }, [NODE_POOLS]],
    ["nothing", { installController: false, nodePools: undefined, nodeClasses: undefined }, []],
  ])("can be %s", (_, props, names) => {
    expect(releases(props)).toEqual(names.map((name) => `helm_release.${name}`));
    expect(problems(props)).toEqual([]);
  });

  test("waits for whole seconds only", () => {
    expect(problems({ chartTimeout: 0.5, nodePoolsTimeout: "1h" as never }).join("\n")).toMatch(
      /"nodePoolsTimeout" is "1h", but must be [^]*"chartTimeout" is 0\.5, but must be /,
    );
  });

  test("loses no NodePool without a word", () => {
    expect(problems({ createNodePools: false })).toEqual([
      '"createNodePools" is false, but must be true or left out while there is anything in "nodePools", "nodeClasses", ' +
        '"nodeOverlays" or "capacityBuffers"; leave out what is not to be made',
    ]);
  });

  test("reports what is wrong in it once, together with what is wrong in the AWS side", () => {
    const found = problems({
      iamPath: "x",
      nodePools: { default: { disruption: { budgets: [{ nodes: 1 as never }] } } },
    });
    expect(found).toHaveLength(2);
    expect(found.join("\n")).toMatch(/"iamPath" is "x"[^]*"nodePools\.default\.disruption\.budgets\[0\]\.nodes" is 1/);
  });
});
