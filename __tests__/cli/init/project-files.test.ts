import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFiles } from "../../../cli/init/project-files";
import { packageRoot } from "../../../cli/package-root";

const ROOT = packageRoot();
const readme = readFileSync(join(ROOT, "README.md"), "utf8");

describe("a new project", () => {
  test("in TypeScript asks for the versions that README.md names and that are tested here", () => {
    const { dependencies, devDependencies } = JSON.parse(projectFiles("typescript", ROOT)["package.json"]) as Record<
      "dependencies" | "devDependencies",
      Record<string, string>
    >;
    const { "cdktf-karpenter": own, ...others } = { ...dependencies, ...devDependencies };
    const [block] = /^npm install --save-dev [^]*?```/m.exec(readme) ?? [""];
    const named = [...block.matchAll(/ (@?[\w/-]+)@(\d[\d.]*\d)/g)].map(([, name, version]) => [name, version]);
    expect(others).toEqual(Object.fromEntries(named));
    expect(block).toContain(`cdktf-karpenter-${own}.tgz`);
  });

  test("in Terraform takes the module, its submodules, its charts and its mocks from its own folder", () => {
    const files = projectFiles("terraform", ROOT);
    expect(files["main.tf"]).toContain('source = "./modules/karpenter"');
    expect(files["tests/nodeless.tftest.hcl"]).toContain('source = "./modules/karpenter/tests/mocks"');
    expect(Object.values(files).filter((text) => text.includes("<namespace>/karpenter/aws"))).toEqual([
      files["modules/karpenter/README.md"],
    ]);
    const named = Object.entries(files).flatMap(([path, text]) =>
      [...text.matchAll(/"source": "(\.\/[^"]+)"|"chart": "[^"]*\$\{path\.module\}\/([^"}]+)/g)].map(
        ([, source, chart]) => join(path, "..", source ?? chart),
      ),
    );
    const there = Object.keys(files);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((folder) => !there.some((path) => path.startsWith(`${folder}/`)))).toEqual([]);
  });

  test("has no file of the package's that is not needed to run and test it", () => {
    expect(Object.keys(projectFiles("typescript", ROOT)).sort()).toEqual([
      ".gitignore",
      "cdktf.json",
      "main.ts",
      "package.json",
      "platform.test.ts",
      "platform.ts",
      "tsconfig.json",
    ]);
    const own = Object.keys(projectFiles("terraform", ROOT)).filter((path) => !path.startsWith("modules/"));
    expect(own.sort()).toEqual([".gitignore", "main.tf", "tests/nodeless.tftest.hcl", "variables.tf", "versions.tf"]);
  });
});
