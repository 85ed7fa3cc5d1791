import { Token } from "cdktf";
import { isKnownText } from "../terraform/known-values";
import { tf, tfList } from "../terraform/expression";
import { valueAt } from "./manifests";
import type { NodeObjects } from "./node-objects";
import { saidClasses } from "./said";

/** Where something is that is named without its ARN: with the cluster. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Something that node classes name and the controller needs a permission for. */
export interface NamedByClasses {
  /** The list of a node class, and where each of its items names it. */
  readonly list: string;
  readonly item: readonly string[];
  /** The beginning of an ARN, where there is one, and the name in it; what does not match is none to grant. */
  readonly pattern: string;
  /** The beginning of the ARN of what is with the cluster. */
  arnOf(place: Place): string;
  /** What the name in it must not begin with, for the controller may use that already. */
  readonly granted?: string;
}

/**
 * AMIs by the SSM parameters that hold their ids, which the controller reads: https://karpenter.sh/docs/concepts/nodeclasses/.
 * A version or a label behind a parameter's name is no part of its ARN.
 */
export const AMI_PARAMETERS: NamedByClasses = {
  list: "amiSelectorTerms",
  item: ["ssmParameter"],
  pattern:
    "^(?:(arn:[a-z-]+:ssm:[a-z0-9-]+:[0-9]{12}:parameter)/|/)?([0-9A-Za-z_.-]+(?:/[0-9A-Za-z_.-]+)*)(?::[0-9A-Za-z_.-]+)?$",
  arnOf: ({ partition, region, accountId }) => `arn:${partition}:ssm:${region}:${accountId}:parameter`,
  granted: "aws/service/",
};

/** Keys of volumes; which key an alias stands for is not known here. */
export const VOLUME_KEYS: NamedByClasses = {
  list: "blockDeviceMappings",
  item: ["ebs", "kmsKeyID"],
  pattern: "^(?:(arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key)/)?([0-9A-Za-z-]+)$",
  arnOf: ({ partition, region, accountId }) => `arn:${partition}:kms:${region}:${accountId}:key`,
};

/** The ARNs of what is given and of what node classes name, each once, as far as these are known at synth. */
export function withNamed(
  given: string[] | undefined,
  named: NamedByClasses,
  objects: Partial<Pick<NodeObjects, "nodeClasses" | "manifests">>,
  place: Place,
): string[] | undefined {
  const texts = saidClasses(objects).flatMap(({ fields }) => {
    const items = fields[named.list];
    return Array.isArray(items) ? items.map((item) => valueAt(item, ...named.item)) : [];
  });
  const known = texts.filter(isKnownText).flatMap((text) => knownArn(named, text, place));
  const open = texts.filter((text) => typeof text === "string" && Token.isUnresolved(text));
  if (open.length === 0 && !Token.isUnresolved(given)) {
    const all = [...new Set([...(given ?? []), ...known])];
    return all.length === 0 ? given : all;
  }
  const ofOpen = arnsAtPlan(named, tf`${open}`, place);
  return tfList`distinct(concat(${given ?? []}, ${known}, ${ofOpen}))`;
}

function knownArn({ pattern, granted, arnOf }: NamedByClasses, text: string, place: Place): string[] {
  const [, beginning, name] = new RegExp(pattern).exec(text) ?? [];
  return (name as string | undefined) === undefined || (granted !== undefined && name.startsWith(granted))
    ? []
    : [`${(beginning as string | undefined) ?? arnOf(place)}/${name}`];
}

/** As {@link withNamed} has them, of a list of texts that Terraform alone knows. */
export function arnsAtPlan({ pattern, granted, arnOf }: NamedByClasses, texts: unknown, place: Place): unknown {
  const matches = tf`[for text in ${texts} : regex(${pattern}, text) if can(regex(${pattern}, text))]`;
  const isOpen = granted === undefined ? true : tf`!startswith(match[1], ${granted})`;
  return tf`[for match in ${matches} : format("%s/%s", coalesce(match[0], ${arnOf(place)}), match[1]) if ${isOpen}]`;
}
