import { readdirSync, readFileSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { moduleFiles } from "../../lib/module";
import { crossPrecondition, identityRules, karpenterRules } from "../../lib/inputs/cross-rules";
import { kubernetesRangeRules } from "../../lib/release";
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

  test.each(Object.keys(files).filter((path) => path.endsWith(".json")))(
    "have one comment only in %s, its header",
    (path) => {
      expect(files[path].split('"//"')).toHaveLength(2);
      expect(Object.keys(JSON.parse(files[path]) as object)[0]).toBe("//");
    },
  );

  test.each(modules)("configure no provider and keep no state: $props.path", (stack) => {
    const json = stack.toModule();
    expect(json).not.toHaveProperty("provider");
    expect(Object.keys(json.terraform as object).sort()).toEqual(["required_providers", "required_version"]);
  });

  test.each(modules)("require their providers by a minimum only: $props.path", (stack) => {
    const { required_providers } = stack.toModule().terraform as {
      required_providers: Record<string, { version: string }>;
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

/** A default as Terraform converts it: the optional attributes of an object are there, and null. */
function converted(type: string, value: unknown): unknown {
  const optional = [...type.matchAll(/(\w+) = optional\(/g)].map(([, name]) => [name, null]);
  return type.startsWith("object(") ? { ...Object.fromEntries(optional), ...(value as object) } : value;
}

describe("the inputs of the published modules", () => {
  test("have a sentence each", () => {
    const mute = variables.filter(({ variable }) => !/^[A-Z].{8,}\.$/s.test(variable.props.description));
    expect(mute.map(({ path, variable }) => `${path} ${variable.name}`)).toEqual([]);
  });

  test("have exact types", () => {
    const loose = variables.filter(({ variable }) => /\bany\b/.test(variable.props.type));
    expect(loose.map(({ path, variable }) => `${path} ${variable.name}`)).toEqual([]);
  });

  test("have snake_case names", () => {
    expect(variables.filter(({ variable }) => !/^[a-z][a-z0-9_]*$/.test(variable.name))).toEqual([]);
  });

  test.each(
    modules.map(
      (stack): [string, Record<string, { type: string; default?: unknown; validation?: { condition: string }[] }>] => [
        stack.props.path,
        stack.toModule().variable as Record<
          string,
          { type: string; default?: unknown; validation?: { condition: string }[] }
        >,
      ],
    ),
  )('of "%s" have defaults that pass their own validation, also before Terraform 1.12', (_, blocks) => {
    const checked = Object.entries(blocks).flatMap(([name, block]) =>
      block.default === undefined
        ? []
        : (block.validation ?? []).map(({ condition }) => [
            name,
            evaluate(condition, { var: { [name]: converted(block.type, block.default) } }),
          ]),
    );
    expect(checked.filter(([, accepted]) => accepted !== true)).toEqual([]);
  });
});

describe("the rules on several inputs", () => {
  const json = Object.fromEntries(modules.map((stack) => [stack.props.path, stack.toModule()]));

  test("stand on an output of the root module", () => {
    expect(json[""].output).toMatchObject({
      namespace: { precondition: [...karpenterRules, ...kubernetesRangeRules].map(crossPrecondition) },
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
