import { relative, sep } from "node:path";
import floors from "./floors.cjs";

/** Reports imports that point up, and imports that close a circle of files. */
const imports = {
  meta: { type: "problem", schema: [], docs: { description: "imports point down, and in no circle" } },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join("/");
    const known = floors.cachedImports();
    const check = (node) => {
      const specifier = node.source?.value;
      const target =
        typeof specifier === "string" && specifier.startsWith(".") ? floors.targetOf(path, specifier) : undefined;
      if (target === undefined) {
        return;
      }
      const up = floors.upward(path, target);
      const circle = up === undefined ? floors.circle(path, target, known) : undefined;
      if (up !== undefined) {
        context.report({ node, message: up });
      } else if (circle !== undefined) {
        context.report({ node, message: `the import closes a circle: ${circle.join(" -> ")}` });
      }
    };
    return {
      Program: (node) => {
        if (floors.floorOf(path) === undefined) {
          context.report({ node, message: `"${path}" is on no floor: name its folder in eslint/floors.cjs` });
        }
      },
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

export default { rules: { imports } };
