import { Token } from "cdktf";
import { Problems } from "../rules/problems";
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
  const classes = Object.keys(props.nodeClasses);
  for (const [name, pool] of Object.entries(props.nodePools)) {
    const wanted = pool.nodeClass ?? (classes.length === 1 ? classes[0] : "default");
    if (!Token.isUnresolved(wanted) && !classes.includes(wanted)) {
      problems.add(
        `"nodePools.${name}.nodeClass" is "${wanted}", but must be one of ${JSON.stringify(classes)}; ` +
          'add the class to "nodeClasses", or name one that is there',
      );
    }
  }
  for (const [name, nodeClass] of Object.entries(props.nodeClasses)) {
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
  for (const [name, value] of Object.entries(objects)) {
    if (!OBJECT_NAME.test(name)) {
      problems.add(
        `"${property}" has the name "${name}", but a name must be lower-case letters, digits, hyphens and dots`,
      );
    }
    fieldProblems(`${property}.${name}`, value, field).forEach((problem) => problems.add(problem));
  }
}

function checkIdentity(problems: Problems, path: string, { role, instanceProfile }: NodeClass): void {
  if (role !== undefined && instanceProfile !== undefined) {
    problems.add(`"${path}" has both "role" and "instanceProfile", but must have one of them; leave one out`);
  }
  for (const [property, value] of Object.entries({ role, instanceProfile })) {
    if (value !== undefined && !Token.isUnresolved(value) && value.includes(":")) {
      problems.add(
        `"${path}.${property}" is ${JSON.stringify(value)}, but must be a name; give what follows the last slash`,
      );
    }
  }
}

function checkAmis(problems: Problems, path: string, nodeClass: NodeClass): void {
  const terms = nodeClass.amiSelectorTerms ?? nodeClass.spec?.amiSelectorTerms;
  if (nodeClass.amiAlias === undefined && terms === undefined) {
    problems.add(
      `"${path}.amiAlias" is missing, but must be given when "amiSelectorTerms" is not; name a release, "al2023@v20251108"`,
    );
  }
  if (nodeClass.amiAlias !== undefined && terms !== undefined) {
    problems.add(`"${path}" has both "amiAlias" and "amiSelectorTerms", but an alias must stand alone; leave one out`);
  }
  const aliases = [nodeClass.amiAlias, ...(nodeClass.amiSelectorTerms ?? []).map((term) => term.alias)];
  for (const alias of aliases) {
    if (
      alias !== undefined &&
      !Token.isUnresolved(alias) &&
      alias.endsWith("@latest") &&
      nodeClass.allowLatestAmi !== true
    ) {
      problems.add(
        `"${path}.amiAlias" is "${alias}", but must name a release, "al2023@v20251108"; ` +
          '"@latest" replaces every node whenever AWS releases an AMI: set "allowLatestAmi" to true to have that',
      );
    }
  }
}
