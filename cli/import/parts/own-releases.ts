/** Helm releases of this project's own charts, in the state of a stack that moves out of TypeScript. */
import type { OwnChart } from "../../../lib/kubernetes/packaged-chart";
import type { Part } from "../move";
import { NOTHING } from "../move";
import type { State } from "../state";

/** Where modules have the releases of these charts, below the call of the root module, or of the one that is named. */
const PLACES: Readonly<Record<OwnChart, string>> = {
  "aws-auth": "helm_release.aws_auth of the module aws-auth",
  "fargate-logging": "module.fargate_logging[0].helm_release.karpenter",
  "flow-schemas": "module.controller[0].helm_release.karpenter_flow_schemas[0]",
  guard: "module.controller[0].helm_release.karpenter_guard",
  monitoring: "module.monitoring[0].helm_release.karpenter",
  "node-pools": "module.node_pools[0].helm_release.karpenter",
};

/** A chart beside a module's files, and one among the assets of a stack. */
const CHART = new RegExp(`charts?[/-](${Object.keys(PLACES).join("|")})(-[^/]*/.*)?$`);

/** Leaves them, and says how each comes to the module: ending that of the NodePools ends every node. */
export function ownReleasesPart({ objects }: State): Part {
  const own = objects.flatMap((object) => {
    const [, chart] = CHART.exec(String(object.values.chart)) ?? [];
    return object.type === "helm_release" && chart !== undefined ? [{ object, place: PLACES[chart as OwnChart] }] : [];
  });
  return {
    ...NOTHING,
    moves: own.map(({ object, place }) => ({
      fate: "left",
      object,
      why: `give the module the inputs that it was made of, and move it by hand to ${place}; a plan that destroys it ends what it made`,
    })),
  };
}
