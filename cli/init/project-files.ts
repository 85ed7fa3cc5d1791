/** What a new project begins with: the examples of this package, and what belongs around them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn } from "../../stacks/folders";

/** The languages that a project may be written in. */
export const FORMS = ["typescript", "terraform"] as const;

/** Files by their path in the project. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** Where the modules are copied to. */
const MODULES = "modules/karpenter";

/** What of the published modules is needed to run and to test them. */
const OF_MODULES = /^(LICENSE|README\.md|[\w-]+\.tf\.json|modules\/.*|tests\/mocks\/.*)$/;

/** Tools that the project is run and tested with, and this package is not. */
const TOOLS = { "ts-jest": "29.4.15", "ts-node": "10.9.2" };

interface Package {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** What only some commands of the command line need, and no project does. */
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * The files of a new project.
 *
 * @param root the package's folder
 */
export function projectFiles(form: (typeof FORMS)[number], root: string): ProjectFiles {
  return { typescript: typescriptFiles, terraform: terraformFiles }[form](root);
}

function typescriptFiles(root: string): ProjectFiles {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Package;
  const tested = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, own.devDependencies[name]]));
  const needed = Object.keys(own.peerDependencies).filter((name) => own.peerDependenciesMeta[name]?.optional !== true);
  return {
    ...filesOf(join(root, "examples/typescript/project")),
    "package.json": json({
      name: "platform",
      version: "1.0.0",
      private: true,
      scripts: {
        test: "jest",
        types: "tsc --noEmit",
        synth: "cdktf synth",
        diff: "cdktf diff",
        deploy: "cdktf deploy",
      },
      dependencies: { [own.name]: own.version, ...tested(needed.sort()) },
      devDependencies: { ...tested(["@types/jest", "@types/node", "cdktf-cli", "jest", "typescript"]), ...TOOLS },
      jest: { preset: "ts-jest" },
    }),
    "tsconfig.json": json({
      compilerOptions: { target: "ES2022", module: "CommonJS", strict: true, skipLibCheck: true },
      exclude: ["node_modules", "cdktf.out"],
    }),
    "cdktf.json": json({ language: "typescript", app: "npx ts-node main.ts", sendCrashReports: "false" }),
    ".gitignore": "node_modules/\ncdktf.out/\n.terraform/\n*.tfstate*\n",
  };
}

/** The modules go with it: a registry has them only where somebody has published them. */
function terraformFiles(root: string): ProjectFiles {
  const published = join(root, "terraform-aws-karpenter");
  const example = Object.entries(filesOf(join(published, "examples/nodeless"))).map(([path, text]) => [
    path,
    text.replace('"../.."', `"./${MODULES}"`).replace('"../../tests/mocks"', `"./${MODULES}/tests/mocks"`),
  ]);
  const modules = Object.entries(filesOf(published))
    .filter(([path]) => OF_MODULES.test(path))
    .map(([path, text]) => [`${MODULES}/${path}`, text]);
  return { ...Object.fromEntries([...example, ...modules]), ".gitignore": ".terraform/\n*.tfstate*\n" };
}

function filesOf(folder: string): ProjectFiles {
  return Object.fromEntries(
    filesIn(folder).map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]),
  );
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
