/** The tags by which node classes find subnets and security groups. */
import type { Place } from "../addresses";
import type { Move, Part } from "../move";
import type { State } from "../state";

const DISCOVERY = "karpenter.sh/discovery";

/** Keeps tags that are resources of their own; those in the blocks of subnets and groups stay with these. */
export function discoveryTagsPart({ objects }: State, clusterName: string): Part {
  const tags = objects.filter(
    ({ type, values }) => type === "aws_ec2_tag" && values.key === DISCOVERY && values.value === clusterName,
  );
  const of = (prefix: string): string[] =>
    tags.map(({ values }) => String(values.resource_id)).filter((id) => id.startsWith(prefix));
  const byId = (ids: readonly string[]): Record<string, string> => Object.fromEntries(ids.map((id) => [id, id]));
  const [subnets, groups] = [of("subnet-"), of("sg-")];
  return {
    inputs: {
      ...(subnets.length === 0 ? {} : { discoverySubnetIds: byId(subnets) }),
      ...(groups.length === 0 ? {} : { discoverySecurityGroupIds: byId(groups) }),
    },
    moves: tags.map((object): Move => {
      const id = String(object.values.resource_id);
      const place: Place = id.startsWith("subnet-") ? "subnetTag" : "securityGroupTag";
      return { fate: "taken", object, place, key: id };
    }),
    notes: [],
  };
}
