/**
 * Fargate, for a control plane that has no AWS behind it: nodes that take nothing but pods of a Fargate profile, and the
 * admission that marks those pods, with whether they write logs too. On EKS a webhook and a scheduler of Amazon's do this; here
 * the API server itself, by policies.
 */
import { fingerprint } from "./cache";
import type { ControlPlane } from "./control-plane";
import type { KubeObject } from "./kube-client";

/** What a Fargate profile says, in the words of the EKS API: `describeFargateProfile` returns it. */
export interface FargateSelection {
  readonly fargateProfileName?: string;
  readonly selectors?: readonly { readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> }[];
}

const COMPUTE_TYPE = "eks.amazonaws.com/compute-type";
const PROFILE_LABEL = "eks.amazonaws.com/fargate-profile";
const POLICY = "fargate-profiles";
/** Where EKS looks for the configuration of the log router. */
export const LOG_ROUTER = { name: "aws-logging", namespace: "aws-observability" };
/** An annotation of a pod: whether the log router runs beside it, or why not, in EKS's words. */
export const LOGGING = "Logging";
/** The destinations that EKS knows. */
const OUTPUTS = ["es", "firehose", "kinesis_firehose", "cloudwatch", "cloudwatch_logs", "kinesis"];
/** True, in CEL, for pods whose annotation keeps them off Fargate whatever the profiles say, as that of CoreDNS does. */
const STAYS_ON_EC2 =
  `has(object.metadata.annotations) && ${quote(COMPUTE_TYPE)} in object.metadata.annotations && ` +
  `object.metadata.annotations[${quote(COMPUTE_TYPE)}] == "ec2"`;
/** A pod that is only ever made dry: it tells whether the API server has the newest policy yet. */
const PROBE = "fargate-profiles-probe";

/** A text of CEL, quoted. */
function quote(text: string): string {
  return JSON.stringify(text);
}

/** EKS allows * and ? in namespaces and in the values of labels. */
function matches(value: string, pattern: string): string {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return `${value}.matches(${quote(`^${expression}$`)})`;
}

/** True, in CEL, for the pods that a profile selects: those that match the namespace and every label of one selector. */
function selects(profile: FargateSelection): string {
  const alternatives = (profile.selectors ?? []).map(({ namespace = "", labels = {} }) => {
    const conditions = [matches("request.namespace", namespace)];
    for (const [key, value] of Object.entries(labels)) {
      conditions.push(
        `has(object.metadata.labels) && ${quote(key)} in object.metadata.labels && ` +
          matches(`object.metadata.labels[${quote(key)}]`, value),
      );
    }
    return `(${conditions.join(" && ")})`;
  });
  return alternatives.length === 0 ? "false" : alternatives.join(" || ");
}

/** A patch that adds one entry to a map, which need not be there yet. */
function entry(map: string, key: string, value: string): string {
  const path = `/${map.replaceAll(".", "/")}`;
  return (
    `(has(object.${map}) ? [] : [JSONPatch{op: "add", path: ${quote(path)}, value: {}}]) + ` +
    `[JSONPatch{op: "add", path: ${quote(`${path}/`)} + jsonpatch.escapeKey(${quote(key)}), value: ${value}}]`
  );
}

/** A policy on pods as they are made, and what puts it in force, with the object that it reads where there is one. */
function onNewPods(name: string, profile: string, expression: string, read?: typeof LOG_ROUTER): KubeObject[] {
  const apiVersion = "admissionregistration.k8s.io/v1";
  return [
    {
      apiVersion,
      kind: "MutatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "Never",
        ...(read && { paramKind: { apiVersion: "v1", kind: "ConfigMap" } }),
        matchConstraints: {
          resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
        },
        variables: [{ name: "profile", expression: profile }],
        mutations: [{ patchType: "JSONPatch", jsonPatch: { expression } }],
      },
    },
    {
      apiVersion,
      kind: "MutatingAdmissionPolicyBinding",
      metadata: { name },
      // Without the object, nothing is done.
      spec: { policyName: name, ...(read && { paramRef: { ...read, parameterNotFoundAction: "Allow" } }) },
    },
  ];
}

function policies(profiles: readonly FargateSelection[]): { objects: KubeObject[]; revision: string } {
  // Of several profiles that match, EKS takes the first by name.
  const sorted = [...profiles].sort((a, b) => ((a.fargateProfileName ?? "") < (b.fargateProfileName ?? "") ? -1 : 1));
  const selected = sorted.reduceRight(
    (otherwise, each) => `${selects(each)} ? ${quote(each.fargateProfileName ?? "")} : (${otherwise})`,
    '""',
  );
  const profile = `${STAYS_ON_EC2} ? "" : (${selected})`;
  const toleration = `Object.spec.tolerations{key: ${quote(COMPUTE_TYPE)}, operator: "Equal", value: "fargate", effect: "NoSchedule"}`;
  const isAnnotated = `has(object.metadata.annotations) && ${quote(LOGGING)} in object.metadata.annotations`;
  const patches = [
    entry("metadata.labels", PROFILE_LABEL, "variables.profile"),
    entry("spec.nodeSelector", COMPUTE_TYPE, '"fargate"'),
    `(has(object.spec.tolerations) ? [] : [JSONPatch{op: "add", path: "/spec/tolerations", value: []}]) + ` +
      `[JSONPatch{op: "add", path: "/spec/tolerations/-", value: ${toleration}}]`,
    // The policies are asked in any order.
    `(${isAnnotated} ? [] : ${entry("metadata.annotations", LOGGING, '"LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND"')})`,
  ].join(" + ");
  const revision = fingerprint(profile);
  const isProbe = `has(object.metadata.name) && object.metadata.name == ${quote(PROBE)}`;
  const hasOutput =
    `has(params.data) && "output.conf" in params.data && ` +
    `params.data["output.conf"].matches(${quote(`(?i)\\n\\s+name\\s+(${OUTPUTS.join("|")})\\s*\\n`)})`;
  const logging = entry(
    "metadata.annotations",
    LOGGING,
    `(${hasOutput} ? "LoggingEnabled" : "LoggingDisabled: no output")`,
  );
  return {
    revision,
    objects: [
      ...onNewPods(
        POLICY,
        profile,
        `${isProbe} ? (${entry("metadata.labels", PROFILE_LABEL, quote(revision))}) : ` +
          `variables.profile == "" ? [] : (${patches})`,
      ),
      ...onNewPods(`${POLICY}-logging`, profile, `variables.profile == "" ? [] : (${logging})`, LOG_ROUTER),
    ],
  };
}

/** Makes these the only Fargate profiles of the cluster. Pods that were made before are not touched, as on EKS. */
export async function setFargateProfiles(
  controlPlane: ControlPlane,
  profiles: readonly FargateSelection[],
): Promise<void> {
  const { objects, revision } = policies(profiles);
  await controlPlane.apply(objects);
  const probe: KubeObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: PROBE, namespace: "default" },
    spec: { containers: [{ name: "none", image: "none" }] },
  };
  await controlPlane.waitFor("the Fargate profiles to take effect", async () => {
    const [pod] = await controlPlane.apply(probe, { dryRun: true });
    return pod?.metadata.labels?.[PROFILE_LABEL] === revision;
  });
}

/**
 * Adds a node for Fargate in each zone and waits until it is ready, which takes a running kwok. On EKS each pod gets a node
 * of its own; here the pods of a zone share one.
 */
export async function addFargateNodes(
  controlPlane: ControlPlane,
  { region = "eu-north-1", zones = ["a", "b"] }: { readonly region?: string; readonly zones?: readonly string[] } = {},
): Promise<string[]> {
  const names: string[] = [];
  for (const [index, letter] of zones.entries()) {
    const name = `fargate-ip-10-0-${index}-10.${region}.compute.internal`;
    const zone = `${region}${letter}`;
    await controlPlane.apply({
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        labels: {
          [COMPUTE_TYPE]: "fargate",
          "kubernetes.io/arch": "amd64",
          "kubernetes.io/hostname": name.split(".")[0] as string,
          "kubernetes.io/os": "linux",
          "topology.kubernetes.io/region": region,
          "topology.kubernetes.io/zone": zone,
        },
      },
      spec: {
        providerID: `aws:///${zone}/${fingerprint(name)}/${name}`,
        taints: [{ key: COMPUTE_TYPE, value: "fargate", effect: "NoSchedule" }],
      },
    });
    names.push(name);
  }
  for (const name of names) {
    await controlPlane.waitFor(`node ${name} to be ready`, async () => {
      const node = await controlPlane.get({ apiVersion: "v1", kind: "Node", name });
      const taints = (node.spec.taints ?? []) as { key: string }[];
      return taints.every(({ key }) => key === COMPUTE_TYPE) && isTrue(node, "Ready");
    });
  }
  return names;
}

/** Whether a condition of an object is True. */
export function isTrue(object: KubeObject, condition: string): boolean {
  const conditions = (object.status?.conditions ?? []) as { type: string; status: string }[];
  return conditions.some(({ type, status }) => type === condition && status === "True");
}
