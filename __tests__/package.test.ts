import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8")) as unknown;

interface Installed {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const { packages } = json("package-lock.json") as { packages: Readonly<Record<string, Installed>> };
const own = json("package.json") as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

/** Licences that ask for no more than to be named. */
const PERMISSIVE = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"];

/** What an install brings along, and what that brings along. */
function withAllBelow(names: readonly string[]): string[] {
  const all = new Set<string>();
  const add = (name: string): void => {
    if (!all.has(name)) {
      all.add(name);
      Object.keys(packages[`node_modules/${name}`].dependencies ?? {}).forEach(add);
    }
  };
  names.forEach(add);
  return [...all];
}

describe("the package", () => {
  it("brings along what has a permissive licence, and no more than a handful", () => {
    const brought = withAllBelow(Object.keys(own.dependencies));
    const others = brought.filter((name) => !PERMISSIVE.includes(packages[`node_modules/${name}`].license ?? "none"));
    expect(others).toEqual([]);
    expect(brought.length).toBeLessThan(10);
  });

  it("asks for peers whose licence lets a product use them", () => {
    const licences = Object.keys(own.peerDependencies).map(
      (name) => packages[`node_modules/${name}`].license ?? "none",
    );
    expect(licences.filter((licence) => ![...PERMISSIVE, "MPL-2.0"].includes(licence))).toEqual([]);
  });

  it("is tested with every peer that it asks for", () => {
    expect(Object.keys(own.peerDependencies).filter((name) => !(name in own.devDependencies))).toEqual([]);
  });
});

describe("the workflow", () => {
  it("pins every action to a commit, with its version beside it", () => {
    const uses = readFileSync(join(root, ".github/workflows/ci.yml"), "utf8").match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });
});
