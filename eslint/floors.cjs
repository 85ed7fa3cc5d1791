/**
 * The floors of the source: an import points at its own floor or at one below, and no file imports itself in a circle.
 * Used by the lint rule `floors/imports` and by scripts/figures.ts.
 */
const { existsSync, readFileSync } = require("node:fs");
const { dirname, join, relative, resolve, sep } = require("node:path");

const ROOT = resolve(__dirname, "..");

/** From the lowest to the highest; a path belongs to the longest beginning that fits. */
const FLOORS = [
  { name: "versions", paths: ["lib/versions/"] },
  { name: "terraform", paths: ["lib/terraform/", "lib/names.ts", "lib/arns.ts"] },
  { name: "inputs", paths: ["lib/inputs/"] },
  { name: "catalogue", paths: ["lib/inputs/catalog/"] },
  { name: "release", paths: ["lib/release/"] },
  { name: "node objects", paths: ["lib/node-objects/"] },
  { name: "constructs", paths: ["lib/module/", "lib/aws/", "lib/kubernetes/"] },
  { name: "karpenter", paths: ["lib/karpenter", "lib/index.ts"] },
  { name: "modules", paths: ["modules/"] },
  { name: "stacks", paths: ["stacks/"] },
  { name: "programs", paths: ["cli/", "scripts/", "main.ts"] },
];

const IMPORT = /^(?:import|export)\b[^;]*?\bfrom\s+"(\.[^"]+)"|^import\s+"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm;

/** The index of a path's floor; undefined where it has none. */
function floorOf(path) {
  let found;
  let length = 0;
  FLOORS.forEach(({ paths }, floor) =>
    paths.forEach((start) => {
      if (path.startsWith(start) && start.length > length) {
        [found, length] = [floor, start.length];
      }
    }),
  );
  return found;
}

/** The source file that a relative import of a file means; undefined for anything else, such as a JSON file. */
function targetOf(path, specifier) {
  const start = join(ROOT, dirname(path), specifier);
  const file = [`${start}.ts`, join(start, "index.ts")].find(existsSync);
  return file && relative(ROOT, file).split(sep).join("/");
}

/** The source files that a file imports. */
function importsOf(path, text = readFileSync(join(ROOT, path), "utf8")) {
  const found = [...text.matchAll(IMPORT)].map(([, from, bare, dynamic]) => targetOf(path, from ?? bare ?? dynamic));
  return [...new Set(found.filter((target) => target !== undefined))];
}

/** Why a file may not import another; undefined where it may. */
function upward(path, target) {
  const [floor, other] = [floorOf(path), floorOf(target)];
  if (floor === undefined || (other !== undefined && other <= floor)) {
    return undefined;
  }
  const above = other === undefined ? "no floor" : `"${FLOORS[other].name}"`;
  return `"${target}" is on ${above}, above "${FLOORS[floor].name}": move what both need down, or this file up`;
}

/** The way from one file through its imports to another, both included; undefined where there is none. */
function wayBetween(from, to, imports = importsOf) {
  const before = new Map([[from, undefined]]);
  const next = [from];
  for (let path = next.shift(); path !== undefined; path = next.shift()) {
    if (path === to) {
      const way = [];
      for (let step = path; step !== undefined; step = before.get(step)) {
        way.unshift(step);
      }
      return way;
    }
    for (const target of imports(path)) {
      if (!before.has(target)) {
        before.set(target, path);
        next.push(target);
      }
    }
  }
  return undefined;
}

/** Reads each file once. */
function cachedImports() {
  const known = new Map();
  return (path) => {
    if (!known.has(path)) {
      known.set(path, importsOf(path));
    }
    return known.get(path);
  };
}

/** The way round a circle that an import closes; undefined where there is none. */
function circle(path, target, imports = cachedImports()) {
  const way = wayBetween(target, path, imports);
  return way && [path, ...way];
}

module.exports = { FLOORS, cachedImports, circle, floorOf, importsOf, targetOf, upward };
