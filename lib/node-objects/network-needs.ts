import type { CrossRule, PropertyValues } from "../inputs/cross-rule";
import type { At } from "../inputs/predicate";
import { any, given, predicate } from "../inputs/predicate";
import { snakeCase } from "../terraform/readable-stack";
import { ownClasses } from "./node-class-needs";
import { isGiven } from "../terraform/known-values";

/** What of Karpenter takes its subnets or security groups from a property of the whole. */
interface NetworkNeed {
  /** `subnetIds`. */
  readonly property: string;
  /** The field by which a node class selects its own. */
  readonly field: string;
  /** What selects them before v1beta1. */
  readonly ofTemplate: string;
  readonly what: string;
}

const SUBNETS: NetworkNeed = {
  property: "subnetIds",
  field: "subnetSelectorTerms",
  ofTemplate: "subnetSelector",
  what: "the cluster's private subnets",
};
const SECURITY_GROUPS: NetworkNeed = {
  property: "securityGroupIds",
  field: "securityGroupSelectorTerms",
  ofTemplate: "securityGroupSelector",
  what: "the security groups that nodes run in",
};

const FARGATE = 'the Fargate profile, for "{fargateSubnetIds}" is not given';

/** Who needs the property, as far as it is known at synth. */
function users({ property, field, ofTemplate }: NetworkNeed, values: PropertyValues): string[] {
  const ofFargate =
    property === "subnetIds" && values.createFargateProfile !== false && !isGiven(values.fargateSubnetIds);
  const classes = ownClasses(values as never).filter(
    ({ own, isCompleted }) => isCompleted && !isGiven(own[field]) && !isGiven(own[ofTemplate]),
  );
  return [...(ofFargate ? [FARGATE.replace(/[{}]/g, "")] : []), ...classes.map(({ path }) => path)];
}

function networkRule(need: NetworkNeed): CrossRule {
  const { property, field, what } = need;
  const all = (at: At): string => {
    const words = FARGATE.replace("{fargateSubnetIds}", snakeCase("fargateSubnetIds")).replaceAll('"', '\\"');
    const fargate = `[for name in ["${words}"] : name if ${at("createFargateProfile")} && ${at("fargateSubnetIds")} == null]`;
    const classes = `[for class in ${at("ownClasses")} : class.path if class.completed && !try(class.own.${field} != null, false)]`;
    return property === "subnetIds" ? `concat(${fargate}, ${classes})` : classes;
  };
  return {
    refusal:
      `"{${property}}" is missing, but must be given while something takes it from there: <users>; give the ids of ` +
      `${what}, or say "${field}" in each node class`,
    computed: {
      users: { of: (values) => users(need, values).join(", "), terraform: (at) => `join(", ", ${all(at)})` },
    },
    condition: any(
      given(property),
      predicate(
        (values) => users(need, values).length === 0,
        (at) => `length(${all(at)}) == 0`,
      ),
    ),
  };
}

/** Subnets and security groups are needed where a Fargate profile or a node class has none of its own. */
export const networkRules: readonly CrossRule[] = [SUBNETS, SECURITY_GROUPS].map(networkRule);
