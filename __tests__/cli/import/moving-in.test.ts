import type { MovingInOptions } from "../../../cli/import/moving-in";
import { movingIn } from "../../../cli/import/moving-in";
import type { StateObject } from "../../../cli/import/state";
import {
  ACCOUNT,
  attached,
  AWS_POLICY,
  BY_HAND,
  CONTROLLER,
  FARGATE_ROLE,
  irsaTrust,
  NODE_ROLE,
  object,
  OIDC,
  PERMISSIONS,
  PERMISSIONS_IN_ROLE,
  policy,
  PROFILE,
  QUEUE,
  QUEUE_ARN,
  rule,
  serviceRole,
  stateOfObjects,
} from "../../support/states";

const move = (objects: readonly StateObject[], options: MovingInOptions = {}) =>
  movingIn(stateOfObjects(...objects), options);
const instead = (one: StateObject, values: Record<string, unknown>): StateObject[] =>
  BY_HAND.map((it) => (it === one ? { ...it, values: { ...it.values, ...values } } : it));
const placesOf = (objects: readonly StateObject[], options?: MovingInOptions) =>
  Object.fromEntries(
    move(objects, options).moves.map((it) => [
      it.object.address,
      it.fate === "taken" ? `${it.place}${it.key === undefined ? "" : ` ${it.key}`}` : it.fate,
    ]),
  );

describe("moving in by hand-written Terraform", () => {
  test("keeps every name that is not the module's own", () => {
    expect(move(BY_HAND).inputs).toEqual({
      clusterName: "prod",
      karpenterVersion: "1.14.3",
      oidcProviderArn: OIDC,
      controllerRoleName: "scaler",
      controllerPolicyForm: "managed",
      nodeRoleName: "workers",
      nodeCniPolicy: false,
      nodeSsmPolicy: false,
      instanceProfileMode: "karpenter",
      createAccessEntry: false,
      fargateProfileName: "karpenter",
      fargateSubnetIds: ["subnet-0a1b2c3d4e5f60001"],
      fargateSelectors: [{ namespace: "karpenter" }],
      podExecutionRoleName: "fargate",
      podExecutionRoleCniPolicy: false,
      interruptionQueueName: "prod",
      eventRuleNames: { "spot-interruption": "spot" },
      installController: false,
    });
  });

  test("gives each object its place, and forgets the permissions that the module's come beside", () => {
    expect(placesOf(BY_HAND)).toEqual({
      "aws_iam_role.controller": "controllerRole",
      "aws_iam_role_policy.controller": "forgotten",
      "aws_iam_role.node": "nodeRole",
      'aws_iam_role_policy_attachment.node["worker"]': "node AmazonEKSWorkerNodePolicy",
      "aws_eks_fargate_profile.this": "fargateProfile",
      "aws_iam_role.fargate": "podExecutionRole",
      "aws_sqs_queue.this": "queue",
      'aws_cloudwatch_event_rule.this["spot"]': "rule spot-interruption",
      'aws_cloudwatch_event_target.this["spot"]': "target spot-interruption",
    });
  });

  test("holds to what this project asks of its inputs", () => {
    expect(move(BY_HAND).problems).toEqual([]);
    expect(move(instead(PROFILE, { subnet_ids: [] })).problems).toEqual([expect.stringMatching(/fargateSubnetIds/)]);
  });

  test("leaves out names that the module would give, and what is as it is by default", () => {
    const name = "prod-karpenter-controller";
    const { inputs } = move([
      ...instead(CONTROLLER, { name, arn: `${ACCOUNT}:role/${name}` }).filter((it) => it !== PERMISSIONS_IN_ROLE),
      object("aws_iam_role_policy.controller", { role: name, name: "karpenter", policy: PERMISSIONS }),
    ]);
    expect(inputs).not.toHaveProperty("controllerRoleName");
    expect(inputs).not.toHaveProperty("controllerPolicyForm");
  });
});

describe("the controller's role", () => {
  test("is told by its permissions, where several roles are trusted for service accounts", () => {
    const other = serviceRole("aws_iam_role.dns", "dns", "", {
      assume_role_policy: irsaTrust("system:serviceaccount:karpenter:karpenter"),
    });
    expect(placesOf([other, ...BY_HAND])).toMatchObject({ "aws_iam_role.controller": "controllerRole" });
    expect(placesOf([other, ...BY_HAND])).not.toHaveProperty(["aws_iam_role.dns"]);
  });

  test("is told by its service account, where its permissions are out of the state", () => {
    const outside = BY_HAND.filter((it) => it !== PERMISSIONS_IN_ROLE);
    const arn = `${ACCOUNT}:policy/KarpenterControllerPolicy`;
    const { inputs, notes } = move([...outside, attached("aws_iam_role_policy_attachment.it", "scaler", arn)]);
    expect(inputs.controllerAdditionalPolicies).toEqual({ KarpenterControllerPolicy: arn });
    expect(notes).toContainEqual(expect.stringMatching(/KarpenterControllerPolicy stays attached/));
  });

  test("is asked for where there are several, and missed where there is none", () => {
    const second = [
      { ...CONTROLLER, address: "aws_iam_role.two", values: { ...CONTROLLER.values, name: "two" } },
      { ...PERMISSIONS_IN_ROLE, values: { ...PERMISSIONS_IN_ROLE.values, role: "two" } },
    ];
    expect(() => move([...BY_HAND, ...second])).toThrow("name one with --controller-role, scaler, two");
    expect(placesOf([...BY_HAND, ...second], { controllerRole: "two" })).toMatchObject({
      "aws_iam_role.two": "controllerRole",
    });
    expect(() => move([NODE_ROLE])).toThrow(/holds no role of Karpenter's controller/);
  });

  test("keeps its namespace and service account, its session and its description", () => {
    const { inputs } = move([
      ...instead(CONTROLLER, {
        assume_role_policy: irsaTrust(
          "system:serviceaccount:scaling:it",
          "system:serviceaccount:kube-system:karpenter",
        ),
        max_session_duration: 7200,
        description: "Scales",
      }),
    ]);
    expect(inputs).toMatchObject({
      namespace: "kube-system",
      controllerMaxSessionDuration: 7200,
      controllerRoleDescription: "Scales",
    });
  });

  test("says who else was trusted", () => {
    const trust = irsaTrust("system:serviceaccount:karpenter:karpenter", "system:serviceaccount:ops:debug");
    expect(move(instead(CONTROLLER, { assume_role_policy: trust })).notes).toContainEqual(
      expect.stringMatching(/scaler is no longer trusted for service account ops\/debug/),
    );
  });

  test("is of EKS Pod Identity where an association gives it out", () => {
    const association = object("aws_eks_pod_identity_association.this", {
      cluster_name: "prod",
      association_id: "a-1",
      namespace: "kube-system",
      service_account: "scaler",
      role_arn: `${ACCOUNT}:role/scaler`,
    });
    const { inputs } = move([
      association,
      serviceRole("aws_iam_role.controller", "scaler", "pods.eks.amazonaws.com"),
      PERMISSIONS_IN_ROLE,
    ]);
    expect(inputs).toMatchObject({
      clusterName: "prod",
      controllerIdentity: "pod-identity",
      namespace: "kube-system",
      serviceAccountName: "scaler",
      createFargateProfile: false,
    });
  });

  test("keeps policies that are not Karpenter's, and takes one of the module's own name", () => {
    const audit = policy({ Action: "cloudtrail:LookupEvents", Resource: "*" });
    const objects = [
      ...BY_HAND.filter((it) => it !== PERMISSIONS_IN_ROLE),
      object("aws_iam_role_policy.own", { role: "scaler", name: "karpenter", policy: PERMISSIONS }),
      object("aws_iam_role_policy.audit", { role: "scaler", name: "audit", policy: audit }),
    ];
    expect(placesOf(objects)).toMatchObject({
      "aws_iam_role_policy.own": "controllerPolicy",
      "aws_iam_role_policy.audit": "controllerInlinePolicy audit",
    });
    expect(move(objects).inputs.controllerInlinePolicies).toEqual({ audit });
  });

  test("says how the policies that are replaced are removed", () => {
    const arn = `${ACCOUNT}:policy/scaling`;
    const { moves } = move([
      ...BY_HAND.filter((it) => it !== PERMISSIONS_IN_ROLE),
      object("aws_iam_policy.it", { arn, policy: PERMISSIONS }),
      attached("aws_iam_role_policy_attachment.it", "scaler", arn),
    ]);
    expect(moves.flatMap((it) => (it.fate === "forgotten" ? (it.after ?? []) : []))).toEqual([
      `aws iam detach-role-policy --role-name scaler --policy-arn ${arn}`,
      `aws iam delete-policy --policy-arn ${arn}`,
    ]);
  });
});

describe("the nodes' role", () => {
  test("is given by its ARN where a node group has it too, or where its path is another one", () => {
    const group = object("aws_eks_node_group.this", { node_role_arn: `${ACCOUNT}:role/workers` });
    for (const objects of [[...BY_HAND, group], instead(NODE_ROLE, { path: "/other/" })]) {
      expect(move(objects).inputs).toMatchObject({ createNodeRole: false, nodeRoleArn: `${ACCOUNT}:role/workers` });
      expect(placesOf(objects)).toMatchObject({ "aws_iam_role.node": "left" });
      expect(move(objects).problems).toEqual([]);
    }
  });

  test("has the policies of the release at places of their own, and what the release does not attach by name", () => {
    const arn = `${AWS_POLICY}AmazonEC2ContainerRegistryReadOnly`;
    const objects = [...BY_HAND, attached("aws_iam_role_policy_attachment.images", "workers", arn)];
    const placeAt = (karpenterVersion: string) =>
      placesOf(objects, { karpenterVersion })["aws_iam_role_policy_attachment.images"];
    expect(placeAt("1.3.3")).toBe("node AmazonEC2ContainerRegistryReadOnly");
    expect(placeAt("1.14.3")).toBe("nodeAttachment AmazonEC2ContainerRegistryReadOnly");
  });

  test("keeps what hangs on it: an instance profile, an access entry, further policies", () => {
    const objects = [
      ...BY_HAND,
      object("aws_iam_instance_profile.node", { id: "workers", name: "workers", role: "workers", path: "/" }),
      object("aws_eks_access_entry.node", {
        cluster_name: "prod",
        principal_arn: `${ACCOUNT}:role/workers`,
        type: "EC2_LINUX",
      }),
      attached("aws_iam_role_policy_attachment.logs", "workers", `${AWS_POLICY}CloudWatchAgentServerPolicy`),
    ];
    expect(placesOf(objects)).toMatchObject({
      "aws_iam_instance_profile.node": "instanceProfile",
      "aws_eks_access_entry.node": "accessEntry",
      "aws_iam_role_policy_attachment.logs": "nodeAttachment CloudWatchAgentServerPolicy",
    });
    expect(move(objects).inputs).toMatchObject({
      instanceProfileName: "workers",
      nodeAdditionalPolicies: { CloudWatchAgentServerPolicy: `${AWS_POLICY}CloudWatchAgentServerPolicy` },
    });
    expect(move(objects).inputs).not.toHaveProperty("instanceProfileMode");
    expect(move(objects).inputs).not.toHaveProperty("createAccessEntry");
  });
});

describe("the queue", () => {
  test("is found by the rules that fill it, where no policy names it", () => {
    const objects = BY_HAND.map((it) =>
      it === PERMISSIONS_IN_ROLE
        ? { ...it, values: { ...it.values, policy: policy({ Action: "ec2:*", Resource: "*" }) } }
        : it,
    );
    expect(placesOf(objects)).toMatchObject({ "aws_sqs_queue.this": "queue" });
  });

  test("forgets its policy, which the module writes with it, and says which statements go", () => {
    const objects = [
      ...BY_HAND,
      object("aws_sqs_queue_policy.this", {
        queue_url: QUEUE.values.url,
        policy: policy({ Sid: "Ops", Action: "sqs:PurgeQueue", Principal: { AWS: "*" } }),
      }),
    ];
    expect(placesOf(objects)).toMatchObject({ "aws_sqs_queue_policy.this": "forgotten" });
    expect(move(objects).notes).toContainEqual(expect.stringMatching(/statements of the queue's policy go .*Ops/));
  });

  test("stays where its key has no ARN that the module could name", () => {
    const { inputs, problems } = move(instead(QUEUE, { kms_master_key_id: "alias/queues" }));
    expect(inputs).toMatchObject({ createInterruptionQueue: false, interruptionQueueArn: QUEUE_ARN });
    expect(problems).toEqual([]);
  });

  test("makes targets of another id anew, and leaves rules of several kinds", () => {
    const objects = [
      ...BY_HAND,
      ...rule("rebalance", "EC2 Instance Rebalance Recommendation", "mine"),
      ...rule("again", "EC2 Spot Instance Interruption Warning"),
    ];
    expect(placesOf(objects)).toMatchObject({
      'aws_cloudwatch_event_rule.this["rebalance"]': "rule rebalance",
      'aws_cloudwatch_event_target.this["rebalance"]': "destroyed",
      'aws_cloudwatch_event_rule.this["again"]': "left",
    });
  });

  test("is none where there is none", () => {
    const { inputs } = move(BY_HAND.filter(({ type }) => !/sqs|event/.test(type)));
    expect(inputs).toMatchObject({ interruptionHandling: false });
  });
});

describe("what all parts share", () => {
  const tagged = (one: StateObject, tags: Record<string, string>, boundary?: string): StateObject => ({
    ...one,
    values: { ...one.values, path: "/acme/", tags, permissions_boundary: boundary },
  });

  test("is the path, the boundary, and the tags that all have", () => {
    const boundary = `${ACCOUNT}:policy/boundary`;
    const { inputs, notes } = move(
      BY_HAND.map((it) =>
        it.type === "aws_iam_role"
          ? tagged(it, { team: "a", ...(it === FARGATE_ROLE ? { extra: "b" } : {}) }, boundary)
          : it,
      ),
    );
    expect(inputs).toMatchObject({ iamPath: "/acme/", permissionsBoundaryArn: boundary, tags: { team: "a" } });
    expect(notes).toContain("tags that not all of it has go: extra");
  });
});

describe("discovery tags", () => {
  test("stay where they are resources of their own, for this cluster", () => {
    const tag = (id: string, value: string): StateObject =>
      object(`aws_ec2_tag.it["${id}"]`, { resource_id: id, key: "karpenter.sh/discovery", value });
    const [subnet, group] = ["subnet-0a1b2c3d4e5f60001", "sg-0a1b2c3d4e5f60001"];
    const objects = [...BY_HAND, tag(subnet, "prod"), tag(group, "prod"), tag("subnet-2", "other")];
    expect(move(objects)).toMatchObject({
      inputs: { discoverySubnetIds: { [subnet]: subnet }, discoverySecurityGroupIds: { [group]: group } },
      problems: [],
    });
    expect(placesOf(objects)).toMatchObject({
      [`aws_ec2_tag.it["${subnet}"]`]: `subnetTag ${subnet}`,
      [`aws_ec2_tag.it["${group}"]`]: `securityGroupTag ${group}`,
    });
    expect(placesOf(objects)).not.toHaveProperty(['aws_ec2_tag.it["subnet-2"]']);
  });
});

describe("Helm releases", () => {
  const release = (values: Record<string, unknown>): StateObject =>
    object("helm_release.karpenter", {
      id: "karpenter",
      name: "karpenter",
      namespace: "karpenter",
      chart: "karpenter",
      repository: "oci://public.ecr.aws/karpenter",
      version: "1.9.3",
      values: [],
      ...values,
    });

  test("keep the release of Karpenter, and what they set as inputs", () => {
    const values = [
      "replicas: 3\nlogLevel: debug\nsettings:\n  clusterName: prod\n  batchMaxDuration: 20s\n  featureGates: { spotToSpotConsolidation: true }",
      "controller:\n  resources: { requests: { cpu: 2, memory: 2Gi }, limits: { cpu: 2, memory: 2Gi } }\nrevisionHistoryLimit: 3",
    ];
    const set = [
      { name: "settings.interruptionQueue", value: "prod", type: "" },
      { name: "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn", value: "arn", type: "" },
      { name: "podAnnotations.prometheus\\.io/scrape", value: "true", type: "string" },
    ];
    const { inputs, problems, moves } = move([...BY_HAND, release({ values, set })]);
    expect(inputs).toMatchObject({
      karpenterVersion: "1.9.3",
      controllerReplicas: 3,
      logLevel: "debug",
      settings: { batchMaxDuration: "20s" },
      featureGates: { spotToSpotConsolidation: true },
      controllerSize: { cpu: "2", memory: "2Gi" },
      controllerHelmValues: [{ revisionHistoryLimit: 3, podAnnotations: { "prometheus.io/scrape": "true" } }],
    });
    expect(problems).toEqual([]);
    expect(moves.some((it) => it.fate === "taken" && it.place === "controllerRelease")).toBe(true);
  });

  test("keep secrets out of what is written, and say so", () => {
    const secret = release({ set_sensitive: [{ name: "controller.env[0].value", value: "hidden" }] });
    const moved = move([...BY_HAND, secret]);
    expect(moved.notes).toContainEqual(
      expect.stringMatching(/^the sensitive value controller\.env\[0\]\.value is not/),
    );
    expect(JSON.stringify(moved.inputs)).not.toContain("hidden");
  });

  test("stay where the module would have another name for them", () => {
    expect(placesOf([...BY_HAND, release({ name: "scaler" })])).toMatchObject({ "helm_release.karpenter": "left" });
  });

  test("keep where the chart is from", () => {
    const chart = "oci://registry.example/charts/karpenter";
    expect(move([...BY_HAND, release({ chart, repository: null })]).inputs).toMatchObject({
      chartRepository: "oci://registry.example/charts",
    });
  });

  test("say which Karpenter runs; without one, it is said that nothing does", () => {
    const guessed = expect.stringMatching(/does not say which Karpenter runs: .* those of 1\.14\.3/) as unknown;
    expect(move(BY_HAND).notes).toContainEqual(guessed);
    expect(move([...BY_HAND, release({})]).notes).not.toContainEqual(guessed);
    expect(move(BY_HAND, { karpenterVersion: "1.9.3" }).notes).not.toContainEqual(guessed);
  });

  test("of a release that is not known are asked about", () => {
    expect(() => move([...BY_HAND, release({ version: "main" })])).toThrow(/give one with --karpenter-version/);
  });
});

describe("Helm releases of this project's own charts", () => {
  test.each([
    "assets/karpenter_nodes-chart-node-pools-1A2B3C4D_0F1E2D3C/9A8B7C6D",
    ".terraform/modules/karpenter/modules/node-pools/charts/node-pools",
  ])("stay with their code, with the place that they are moved to by hand: %s", (chart) => {
    const pools = object("helm_release.pools", { name: "karpenter-node-pools", chart });
    const { moves } = move([...BY_HAND, pools]);
    expect(moves.find((it) => it.object === pools)).toMatchObject({
      fate: "left",
      why: expect.stringContaining("module.node_pools[0].helm_release.karpenter;") as string,
    });
  });
});

describe("objects of the cluster", () => {
  const nodeClass = {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: {
      name: "default",
      uid: "1",
      resourceVersion: "2",
      generation: 1,
      finalizers: ["karpenter.k8s.aws/termination"],
      annotations: { "karpenter.k8s.aws/ec2nodeclass-hash": "3", owner: "platform" },
    },
    spec: {
      role: "workers",
      amiSelectorTerms: [{ alias: "al2023@v20260714" }],
      subnetSelectorTerms: [{ tags: { a: "b" } }],
      securityGroupSelectorTerms: [{ tags: { a: "b" } }],
    },
    status: { conditions: [] },
  };

  test("are manifests as they were written", () => {
    const { inputs, before, problems } = move(BY_HAND, { manifests: [nodeClass, { kind: "NodeClaim" }] });
    expect(inputs.manifests).toEqual([
      {
        apiVersion: nodeClass.apiVersion,
        kind: "EC2NodeClass",
        metadata: { name: "default", annotations: { owner: "platform" } },
        spec: nodeClass.spec,
      },
    ]);
    expect(before).toEqual([
      expect.stringMatching(
        /^kubectl annotate ec2nodeclass\/default meta\.helm\.sh\/release-name=karpenter-node-pools/,
      ),
      "kubectl label ec2nodeclass/default app.kubernetes.io/managed-by=Helm",
    ]);
    expect(problems).toEqual([]);
  });

  test("that Terraform manages are forgotten, so that no node goes with them", () => {
    const manifest = {
      address: "kubernetes_manifest.it",
      type: "kubernetes_manifest",
      values: { manifest: nodeClass },
      dependsOn: [],
    };
    expect(placesOf([...BY_HAND, manifest])).toMatchObject({ "kubernetes_manifest.it": "forgotten" });
    expect(move([...BY_HAND, manifest]).inputs.manifests).toHaveLength(1);
  });
});

describe("what stays in the old code", () => {
  test("is named where it comes after what leaves it", () => {
    const addon = object("aws_eks_addon.it", {}, ["aws_iam_role.node", "aws_vpc.it"]);
    expect(move([...BY_HAND, addon]).dependents).toEqual(["aws_eks_addon.it"]);
  });

  test("asks which cluster it is, where the state has none or several", () => {
    const withoutProfile = BY_HAND.filter((it) => it !== PROFILE);
    expect(() => move(withoutProfile)).toThrow("give --cluster-name");
    const clusters = ["a", "b"].map((name) => object(`aws_eks_cluster.${name}`, { name }));
    expect(() => move([...withoutProfile, ...clusters])).toThrow("holds several clusters: give --cluster-name, a, b");
    expect(move(withoutProfile, { clusterName: "prod" }).inputs.clusterName).toBe("prod");
  });
});
