import { readdirSync, readFileSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { moduleFiles } from "../../lib/module";
import { identityRules, karpenterRules } from "../../lib/inputs/catalog/cross-rules";
import { crossPrecondition } from "../../modules/cross-precondition";
import { networkRules } from "../../lib/node-objects/network-needs";
import { kubernetesRangeRules } from "../../lib/inputs/catalog/kubernetes-range";
import { newerVersionRules } from "../../lib/inputs/catalog/newer-version";
import { publishedModules } from "../../modules";
import { evaluate } from "../support/hcl";

const PUBLISHED = join(__dirname, "../../terraform-aws-karpenter");

/** Every generated file by its path below the published folder. */
function generate(): Record<string, string> {
  return Object.fromEntries(
    publishedModules().flatMap((stack) =>
      Object.entries(moduleFiles(stack)).map(([name, content]) => [join(stack.props.path, name), content]),
    ),
  );
}

const modules = publishedModules();
const files = generate();
const variables = modules.flatMap((stack) => stack.variables.map((variable) => ({ path: stack.props.path, variable })));

describe("the committed modules", () => {
  test.each(Object.keys(files))("hold %s byte for byte as it is generated", (path) => {
    expect(readFileSync(join(PUBLISHED, path), "utf8")).toBe(files[path]);
  });

  test("hold no Terraform file of a module beside the generated ones", () => {
    const folders = ["", ...readdirSync(join(PUBLISHED, "modules")).map((name) => join("modules", name))];
    const committed = folders.flatMap((folder) =>
      readdirSync(join(PUBLISHED, folder))
        .map((name) => join(folder, name))
        .filter((path) => /\.tf(\.json)?$/.test(path) && statSync(join(PUBLISHED, path)).isFile()),
    );
    expect(committed.sort()).toEqual(
      Object.keys(files)
        .filter((path) => path.endsWith(".tf.json"))
        .sort(),
    );
  });
});

describe("the generated modules", () => {
  test("are the same a second time", () => {
    expect(generate()).toEqual(files);
  });

  test.each(Object.keys(files))("tell nothing in %s of the machine that they were made on", (path) => {
    for (const place of [process.cwd(), homedir(), tmpdir()]) {
      expect(files[path]).not.toContain(`${place}/`);
    }
  });

  test.each(Object.keys(files).filter((path) => path.endsWith(".tf.json")))(
    "have one comment only in %s, its header",
    (path) => {
      expect(files[path].split('"//"')).toHaveLength(2);
      expect(Object.keys(JSON.parse(files[path]) as object)[0]).toBe("//");
    },
  );

  // Terraform reads them with jsondecode, where a comment would be the type of an input.
  test.each(Object.keys(files).filter((path) => path.endsWith(".json") && !path.endsWith(".tf.json")))(
    "have no comment in the table %s, which begins with its input",
    (path) => {
      expect(files[path]).not.toContain('"//"');
      expect(Object.keys(JSON.parse(files[path]) as object)[0]).toBe(basename(path, ".json"));
    },
  );

  test.each(Object.entries(files))("have no line in %s that is too long to read", (_, text) => {
    expect(text.split("\n").filter(({ length }) => length > 1_000)).toEqual([]);
  });

  test.each(modules)("configure no provider and keep no state: $props.path", (stack) => {
    const json = stack.toModule();
    expect(json).not.toHaveProperty("provider");
    const makesNothing = stack.props.path === "modules/input-check";
    expect(Object.keys(json.terraform as object).sort()).toEqual(
      makesNothing ? ["required_version"] : ["required_providers", "required_version"],
    );
  });

  test.each(modules)("require their providers by a minimum only: $props.path", (stack) => {
    const { required_providers = {} } = stack.toModule().terraform as {
      required_providers?: Record<string, { version: string }>;
    };
    expect(Object.values(required_providers).filter(({ version }) => !/^>= \d+\.\d+(\.\d+)?$/.test(version))).toEqual(
      [],
    );
  });

  test("write no partition into an ARN", () => {
    const named = Object.entries(files).filter(
      ([path, text]) => path.endsWith("main.tf.json") && text.includes('"arn:aws'),
    );
    expect(named.map(([path]) => path)).toEqual([]);
  });
});

describe("the inputs of the published modules", () => {
  test("have a sentence each", () => {
    const mute = variables.filter(({ variable }) => !/^[A-Z].{8,}\.$/s.test(variable.props.description));
    expect(mute.map(({ path, variable }) => `${path} ${variable.name}`)).toEqual([]);
  });

  test("have exact types but for those with objects in them, each of which the check of inputs looks at", () => {
    // Of an object, Terraform would drop every name that its type does not have.
    expect(variables.filter(({ variable }) => variable.props.type.includes("object("))).toEqual([]);
    const loose = variables.filter(({ variable }) => /\bany\b/.test(variable.props.type));
    const checked = modules.flatMap((stack) => {
      const calls = stack.toModule().module as Record<string, { for_each?: string }> | undefined;
      const forEach = calls?.input_check?.for_each ?? "";
      return [...forEach.matchAll(/"(\w+)" = (?:var|local)\.\1\b/g)].map(([, name]) => `${stack.props.path} ${name}`);
    });
    const itself = "modules/input-check value";
    expect(loose.map(({ path, variable }) => `${path} ${variable.name}`).sort()).toEqual([...checked, itself].sort());
    expect(checked).toContain(" node_pools");
  });

  test("have snake_case names", () => {
    expect(variables.filter(({ variable }) => !/^[a-z][a-z0-9_]*$/.test(variable.name))).toEqual([]);
  });

  test.each(
    modules.map((stack): [string, Record<string, { default?: unknown; validation?: { condition: string }[] }>] => [
      stack.props.path,
      stack.toModule().variable as Record<string, { default?: unknown; validation?: { condition: string }[] }>,
    ]),
  )('of "%s" have defaults that pass their own validation, also before Terraform 1.12', (_, blocks) => {
    const checked = Object.entries(blocks).flatMap(([name, block]) =>
      block.default === undefined
        ? []
        : (block.validation ?? []).map(({ condition }) => [
            name,
            evaluate(condition, { var: { [name]: block.default } }),
          ]),
    );
    expect(checked.filter(([, accepted]) => accepted !== true)).toEqual([]);
  });
});

describe("the rules on several inputs", () => {
  const json = Object.fromEntries(modules.map((stack) => [stack.props.path, stack.toModule()]));

  test("stand on an output of the root module", () => {
    expect(json[""].output).toMatchObject({
      namespace: {
        precondition: expect.arrayContaining(
          [...karpenterRules, ...networkRules, ...newerVersionRules, ...kubernetesRangeRules].map(crossPrecondition),
        ) as unknown,
      },
    });
  });

  test("on the identity stand on the trust policy, so that it is refused before a role is made", () => {
    expect(json["modules/controller-identity"].data).toMatchObject({
      aws_iam_policy_document: {
        controller_irsa_trust: { lifecycle: { precondition: identityRules.map(crossPrecondition) } },
      },
    });
  });
});
