import { rule } from "../rule";
import type { NewerValues, ValueRule } from "../field";
import { api } from "../field";

const AWS = "karpenter.k8s.aws";

/** The labels of instance types that every minor version has. */
const FIRST_LABELS = inDomain([
  "instance-accelerator-count",
  "instance-accelerator-manufacturer",
  "instance-accelerator-name",
  "instance-category",
  "instance-cpu",
  "instance-encryption-in-transit-supported",
  "instance-family",
  "instance-generation",
  "instance-gpu-count",
  "instance-gpu-manufacturer",
  "instance-gpu-memory",
  "instance-gpu-name",
  "instance-hypervisor",
  "instance-local-nvme",
  "instance-memory",
  "instance-network-bandwidth",
  "instance-size",
]);

/** The labels of instance types that came later, by the minor version that existing each. */
const INSTANCE_LABELS: NewerValues = byLine({
  "0.36": ["instance-cpu-manufacturer"],
  "0.37": ["instance-ebs-bandwidth"],
  "1.1": ["ec2nodeclass", "instance-cpu-sustained-clock-speed-mhz"],
  "1.7": ["instance-capability-flex"],
});

/** The labels that NodePools know beside those. */
const POOL_LABELS: NewerValues = byLine({
  "1.3": ["capacity-reservation-id"],
  "1.6": ["capacity-reservation-type"],
  "1.9": ["instance-tenancy"],
  "1.10": ["capacity-reservation-interruptible"],
  "1.11": ["placement-group-id", "placement-group-partition"],
});

function byLine(minorVersions: Readonly<Record<string, readonly string[]>>): NewerValues {
  return Object.fromEntries(
    Object.entries(minorVersions).flatMap(([minorVersion, names]) =>
      inDomain(names).map((name) => [name, minorVersion]),
    ),
  );
}

function inDomain(names: readonly string[]): readonly string[] {
  return names.map((name) => `${AWS}/${name}`);
}

/** Labels of NodePools, and keys of their requirements, that not every minor version has. NodeOverlays are younger than all of theirs. */
export const newerPoolLabels: NewerValues = { ...INSTANCE_LABELS, ...POOL_LABELS };

function escaped(domain: string): string {
  return domain.replaceAll(".", "\\.");
}

/** A key outside of a domain and of everything that ends like it, but for what is allowed there. */
function domainRule(
  domain: string,
  allowed: readonly string[],
  remedy: string,
  { until, domains = [] }: { readonly until?: string; readonly domains?: readonly string[] } = {},
): ValueRule<string> {
  const within = (names: readonly string[]): string => `^[^/]*(${names.map(escaped).join("|")})(/|$)`;
  const test = {
    notMatching: within([domain]),
    ...(allowed.length === 0 ? {} : { except: allowed }),
    ...(domains.length === 0 ? {} : { unlessMatching: within(domains) }),
  };
  return api(
    rule(test, { allowed: "", remedy: "" }),
    `label domain "${domain}" is restricted`,
    remedy,
    until === undefined ? {} : { until },
  );
}

function exactly(label: string, remedy: string): ValueRule<string> {
  return api(rule({ noneOf: [label] }, { allowed: "", remedy: "" }), `label "${label}" is restricted`, remedy);
}

/** The API server takes this label, and the controller then finds fault with the whole object. */
const ofNodeClass: ValueRule<string> = {
  ...rule(
    { noneOf: [`${AWS}/ec2nodeclass`] },
    {
      allowed: "a label that Karpenter does not set itself",
      remedy: "leave it out: every node gets the name of its class",
    },
  ),
  stricter: {},
};

const OWN_DOMAIN = "take a domain of your own, or none";

const karpenterDomain = domainRule(
  "karpenter.sh",
  ["karpenter.sh/capacity-type", "karpenter.sh/nodepool"],
  `"karpenter.sh/capacity-type" is allowed; ${OWN_DOMAIN}`,
);
const hostname = exactly("kubernetes.io/hostname", "every node has its own");
const awsDomain = (labels: NewerValues): ValueRule<string> =>
  domainRule(
    AWS,
    [...FIRST_LABELS, ...Object.keys(labels)],
    `take a label that Karpenter gives its nodes, or ${OWN_DOMAIN.replace("take ", "")}`,
  );

const KUBERNETES_LABELS = [
  "beta.kubernetes.io/instance-type",
  "beta.kubernetes.io/os",
  "beta.kubernetes.io/arch",
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
  "kubernetes.io/arch",
  "kubernetes.io/os",
];
const NODE_DOMAINS = ["node.kubernetes.io", "node-restriction.kubernetes.io"];
const kubernetesDomains = [
  domainRule("kubernetes.io", KUBERNETES_LABELS, OWN_DOMAIN, { until: "1.9", domains: NODE_DOMAINS }),
  domainRule("k8s.io", [], OWN_DOMAIN, { until: "1.9", domains: ["kops.k8s.io"] }),
];

const poolRules = (labels: NewerValues): readonly ValueRule<string>[] => [
  karpenterDomain,
  exactly("karpenter.sh/nodepool", "Karpenter sets it"),
  hostname,
  awsDomain(labels),
  ...kubernetesDomains,
  ofNodeClass,
];

/** What the API server asks of the labels of a NodePool and of the keys of its requirements. */
export const poolLabelRules = poolRules(newerPoolLabels);

/** What Karpenter asks of the keys of a Provisioner's requirements, which may be of a label that NodePools no longer know. */
export const provisionerLabelRules = poolRules({
  ...newerPoolLabels,
  ...byLine({ "0.27": ["instance-pods"] }),
});

/** What the API server asks of the keys of a NodeOverlay's requirements. */
export const overlayLabelRules: readonly ValueRule<string>[] = [
  karpenterDomain,
  hostname,
  awsDomain(INSTANCE_LABELS),
  ...kubernetesDomains,
  ofNodeClass,
];
