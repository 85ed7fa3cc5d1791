import type { Construct, IConstruct } from "constructs";
import { TerraformStack, Token } from "cdktf";
import type { KarpenterProps } from "./karpenter-props";
import type { KarpenterCharts } from "./kubernetes/karpenter-charts";
import { haveOneName } from "./terraform/unique-name";

/** What of a Karpenter tells its parts. */
interface Karpenter extends Construct {
  readonly controllerRole?: Construct;
  readonly fargateProfile?: Construct;
  readonly interruptionQueue?: Construct;
  readonly charts?: KarpenterCharts;
}

/** A Karpenter of an app, and what it makes that a cluster can have once. */
interface Made {
  readonly karpenter: Karpenter;
  readonly parts: Readonly<Record<string, boolean>>;
}

/** The Karpenters of each app by what tells their clusters from others. */
const byCluster = new WeakMap<IConstruct, Map<string, Made[]>>();

/**
 * Refuses a second Karpenter that makes, in any stack of the app, a part of a cluster that one before it makes already: at
 * apply the name would be in use, or two states would hold one thing. Two that share the parts between them may be there.
 */
export function mustBeOnlyOne(karpenter: Karpenter, props: KarpenterProps): void {
  const made: Made = { karpenter, parts: partsOf(karpenter) };
  const app = byCluster.get(karpenter.node.root) ?? new Map<string, Made[]>();
  byCluster.set(karpenter.node.root, app);
  const before = new Set<Made>();
  for (const cluster of clustersOf(props)) {
    const ofCluster = app.get(cluster) ?? [];
    ofCluster.forEach((one) => before.add(one));
    app.set(cluster, [...ofCluster, made]);
  }
  if (before.size > 0) {
    karpenter.node.addValidation({
      validate: () =>
        [...before]
          .map((earlier) => refusal(made, earlier, props.clusterName))
          .filter((text) => text !== undefined)
          .slice(0, 1),
    });
  }
}

/** What a cluster is known by beside its name, each by itself; nothing where only Terraform knows it. */
function clustersOf(props: KarpenterProps): string[] {
  const { accountId, region, clusterName, oidcProviderArn, clusterEndpoint } = props;
  const keys = [
    [clusterName, accountId, region],
    [clusterName, oidcProviderArn],
    [clusterName, clusterEndpoint],
  ];
  return keys
    .filter((key) => key.every((part) => part !== undefined && part !== "" && !Token.isUnresolved(part)))
    .map((key) => key.join(" "));
}

function partsOf(karpenter: Karpenter): Made["parts"] {
  return {
    "the controller's role": karpenter.controllerRole !== undefined,
    "the Fargate profile": karpenter.fargateProfile !== undefined,
    "the interruption queue": karpenter.interruptionQueue !== undefined,
    "the controller's releases": karpenter.charts !== undefined,
  };
}

function refusal(made: Made, earlier: Made, clusterName: string): string | undefined {
  const both = Object.keys(made.parts).filter((part) => made.parts[part] && earlier.parts[part]);
  return both.length === 0 || isToldByHelm(made, earlier)
    ? undefined
    : `"${made.karpenter.node.path}" and "${earlier.karpenter.node.path}" both make ${inWords(both)} of the cluster ` +
        `"${clusterName}", but a cluster has one Karpenter; remove one of the two, or let each make other parts, as with ` +
        '"createControllerRole" or "installController" set to false';
}

/** Two releases of one name on one provider are refused as such, and one cause has one message. */
function isToldByHelm({ karpenter: { charts: a } }: Made, { karpenter: { charts: b } }: Made): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    TerraformStack.of(a) === TerraformStack.of(b) &&
    haveOneName(a.controller, b.controller)
  );
}

function inWords(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
