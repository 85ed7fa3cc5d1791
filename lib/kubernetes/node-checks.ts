import { Token } from "cdktf";
import { Problems } from "../rules/problems";
import { Check, pattern, Rule } from "../rules/rule";
import { NodeClass } from "./node-class";
import { NodePoolsProps } from "./node-pools";
import { Field, fieldProblems } from "./schemas/field";
import { nodeClassSchema, nodeOverlaySchema, nodePoolSchema } from "./schemas/objects";

/** A Kubernetes object's name. */
const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Finds unknown and missing fields, wrong types, and references to nothing. */
export function checkNodeObjects(problems: Problems, props: NodePoolsProps): void {
  checkEach(problems, "nodePools", props.nodePools, nodePoolSchema);
  checkEach(problems, "nodeClasses", props.nodeClasses, nodeClassSchema);
  checkEach(problems, "nodeOverlays", props.nodeOverlays ?? {}, nodeOverlaySchema);
  if (!Token.isUnresolved(props.nodePools) && !Token.isUnresolved(props.nodeClasses)) {
    checkReferences(problems, props.nodePools, Object.keys(props.nodeClasses));
  }
  for (const [name, nodeClass] of knownObjects(props.nodeClasses)) {
    checkIdentity(problems, `nodeClasses.${name}`, nodeClass);
    checkAmis(problems, `nodeClasses.${name}`, nodeClass);
  }
}

function checkEach(
  problems: Problems,
  property: string,
  objects: Readonly<Record<string, unknown>>,
  field: Field,
): void {
  for (const [name, value] of Token.isUnresolved(objects) ? [] : Object.entries(objects)) {
    if (!OBJECT_NAME.test(name)) {
      problems.add(
        `"${property}" has the name "${name}", but a name must be lower-case letters, digits, hyphens and dots`,
      );
    }
    fieldProblems(`${property}.${name}`, value, field).forEach((problem) => problems.add(problem));
  }
}

/** The objects that synth can look into. */
function knownObjects<T extends object>(objects: Readonly<Record<string, T>>): [string, T][] {
  return Token.isUnresolved(objects)
    ? []
    : Object.entries(objects).filter(([, value]) => isGiven(value) && !Token.isUnresolved(value));
}

function checkReferences(problems: Problems, pools: NodePoolsProps["nodePools"], classes: readonly string[]): void {
  for (const [name, pool] of knownObjects(pools)) {
    const wanted = pool.nodeClass ?? (classes.length === 1 ? classes[0] : "default");
    if (!Token.isUnresolved(wanted) && !classes.includes(wanted)) {
      problems.add(
        `"nodePools.${name}.nodeClass" is "${wanted}", but must be one of ${JSON.stringify(classes)}; ` +
          'add the class to "nodeClasses", or name one that is there',
      );
    }
  }
}

function checkIdentity(problems: Problems, path: string, { role, instanceProfile }: NodeClass): void {
  if (isGiven(role) && isGiven(instanceProfile)) {
    problems.add(`"${path}" has both "role" and "instanceProfile", but must have one of them; leave one out`);
  }
  for (const [property, value] of Object.entries({ role, instanceProfile })) {
    if (isKnownString(value) && value.includes(":")) {
      problems.add(
        `"${path}.${property}" is ${JSON.stringify(value)}, but must be a name; give what follows the last slash`,
      );
    }
  }
}

function checkAmis(problems: Problems, path: string, nodeClass: NodeClass): void {
  const { amiAlias, allowLatestAmi, spec } = nodeClass;
  const terms = nodeClass.amiSelectorTerms ?? (Token.isUnresolved(spec) ? spec : spec?.amiSelectorTerms);
  if (!isGiven(amiAlias) && !isGiven(terms)) {
    problems.add(
      `"${path}.amiAlias" is missing, but must be given when "amiSelectorTerms" is not; name a release, "al2023@v20251108"`,
    );
  }
  if (isGiven(amiAlias) && isGiven(terms) && !Token.isUnresolved(terms)) {
    problems.add(`"${path}" has both "amiAlias" and "amiSelectorTerms", but an alias must stand alone; leave one out`);
  }
  const aliases: unknown[] = [amiAlias, ...(Array.isArray(terms) ? terms.map(aliasOf) : [])];
  for (const alias of allowLatestAmi === true || Token.isUnresolved(allowLatestAmi) ? [] : aliases) {
    if (isKnownString(alias) && alias.endsWith("@latest")) {
      problems.add(
        `"${path}.amiAlias" is "${alias}", but must name a release, "al2023@v20251108"; ` +
          '"@latest" replaces every node whenever AWS releases an AMI: set "allowLatestAmi" to true to have that',
      );
    }
  }
}

function aliasOf(term: unknown): unknown {
  return (term as { readonly alias?: unknown } | null | undefined)?.alias;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A value of a wrong type is the schema's matter. */
function isKnownString(value: unknown): value is string {
  return typeof value === "string" && !Token.isUnresolved(value);
}

/** A node class as the published module gets it: what is left out is null. */
export interface NodeClassInput {
  readonly ami_alias: string | null;
  readonly allow_latest_ami: boolean | null;
  readonly amiSelectorTerms: readonly { readonly alias: string | null }[] | null;
  readonly role: string | null;
  readonly instanceProfile: string | null;
  /** JSON. */
  readonly spec: string | null;
}

const LATEST = pattern("@latest$");
const WITH_COLON = pattern(":");

/**
 * What must hold for each node class of the published module. Every test stands on its own, as Terraform before 1.12
 * evaluates them all; `can(regex(…))` is false for a null.
 */
const CLASS_TESTS: readonly Check<NodeClassInput>[] = [
  {
    accepts: ({ ami_alias, amiSelectorTerms, spec }) => [ami_alias, amiSelectorTerms, spec].some(isGiven),
    terraform: (it) => `(${it}.ami_alias != null || ${it}.amiSelectorTerms != null || ${it}.spec != null)`,
  },
  {
    accepts: ({ ami_alias, amiSelectorTerms }) => !(isGiven(ami_alias) && isGiven(amiSelectorTerms)),
    terraform: (it) => `(${it}.ami_alias == null || ${it}.amiSelectorTerms == null)`,
  },
  {
    accepts: ({ ami_alias, allow_latest_ami, amiSelectorTerms }) =>
      allow_latest_ami === true ||
      ![ami_alias, ...(amiSelectorTerms ?? []).map(({ alias }) => alias)].some(
        (alias) => alias !== null && LATEST.accepts(alias),
      ),
    terraform: (it) =>
      `(${it}.allow_latest_ami == null ? false : ${it}.allow_latest_ami) || (!${LATEST.terraform(`${it}.ami_alias`)} && ` +
      `alltrue([for term in (${it}.amiSelectorTerms == null ? [] : ${it}.amiSelectorTerms) : ` +
      `!${LATEST.terraform("term.alias")}]))`,
  },
  {
    accepts: ({ role, instanceProfile }) => !(isGiven(role) && isGiven(instanceProfile)),
    terraform: (it) => `(${it}.role == null || ${it}.instanceProfile == null)`,
  },
  {
    accepts: ({ role, instanceProfile }) =>
      ![role, instanceProfile].some((name) => name !== null && WITH_COLON.accepts(name)),
    terraform: (it) => `!${WITH_COLON.terraform(`${it}.role`)} && !${WITH_COLON.terraform(`${it}.instanceProfile`)}`,
  },
];

/** What {@link checkNodeObjects} finds in node classes at synth, for users of the published module at plan. */
export const nodeClassesRule: Rule<Readonly<Record<string, NodeClassInput>>> = {
  allowed:
    'node classes that name their AMIs either by "ami_alias", a release such as "al2023@v20251108", or by ' +
    '"amiSelectorTerms" or "spec", and that have at most one of "role" and "instanceProfile", as a name and not as an ARN',
  wayOut:
    '"@latest" replaces every node whenever AWS releases an AMI: name a release, or set "allow_latest_ami" to true to have that',
  accepts: (classes) =>
    Object.values(classes).every(
      (nodeClass) => isGiven(nodeClass) && CLASS_TESTS.every((test) => test.accepts(nodeClass)),
    ),
  terraform: (classes) =>
    `alltrue([for name, class in ${classes} : class == null ? false : ` +
    `alltrue([${CLASS_TESTS.map((test) => test.terraform("class")).join(", ")}])])`,
};

const CLASS_OF_POOL =
  'pool.node_class != null ? pool.node_class : length(var.node_classes) == 1 ? one([for name, class in var.node_classes : name]) : "default"';
const HAS_CLASS = `can(var.node_classes[${CLASS_OF_POOL}])`;

/** Every pool's node class is there, as a precondition of the published module; the message names the pools. */
export const nodePoolsPrecondition = {
  condition: `\${alltrue([for name, pool in var.node_pools : ${HAS_CLASS}])}`,
  error_message:
    `"node_pools" has \${jsonencode([for name, pool in var.node_pools : name if !${HAS_CLASS}])} with a ` +
    'node class that is not there, but "node_class" must be a name in "node_classes", and may be left out where there ' +
    'is one class only or one named "default"; add the class to "node_classes", or name one that is there',
} as const;
