/** The move in TypeScript: a function that adds Karpenter to a stack, and takes over what is there. */
import { resourceIn } from "./addresses";
import type { Taken } from "./move";
import { importId } from "./move";
import type { MovingIn } from "./moving-in";
import type { Written } from "./terraform-form";
import { leaving, removedBlocks } from "./terraform-form";

/** How it is written. */
export interface TypescriptFormOptions {
  /** Whether Karpenter comes into the stack that the state is of. */
  readonly sameState: boolean;
  /** Whether no state has any of it. */
  readonly live?: boolean;
  /** The Terraform that runs it, `1.11.4`. */
  readonly terraformVersion?: string;
}

/** Writes the file. */
export function typescriptForm({ inputs, moves }: MovingIn, options: TypescriptFormOptions): Written {
  const { sameState } = options;
  const existing = moves.flatMap((move) => (move.fate === "taken" ? [existingOf(move, sameState)] : []));
  const { removed, commands } = leaving(moves, options);
  const forgotten = sameState && removed.length > 0 ? { forgotten: removed } : {};
  const text = `import type { TerraformStack } from "cdktf";
import { Karpenter, takeOver } from "cdktf-karpenter";

/** Karpenter as it is; the call of takeOver can go once it is deployed. */
export function addKarpenter(stack: TerraformStack): Karpenter {
  const karpenter = new Karpenter(stack, "karpenter", ${literal(inputs, 1)});
  takeOver(karpenter, ${literal({ existing, ...forgotten }, 1)});
  return karpenter;
}
`;
  return {
    files: {
      "karpenter.ts": text,
      ...(sameState || removed.length === 0 ? {} : { "old-root/removed.tf": removedBlocks(removed) }),
    },
    commands,
  };
}

function existingOf(move: Taken, sameState: boolean): Record<string, string> {
  return {
    resource: resourceIn(move.place),
    ...(move.key === undefined ? {} : { key: move.key }),
    ...(sameState ? { from: move.object.address } : { id: importId(move.object) }),
  };
}

/** A value as it stands in TypeScript. */
function literal(value: unknown, depth: number): string {
  const inner = "  ".repeat(depth + 1);
  const lines = (open: string, items: readonly string[], close: string): string => {
    const line = `${open}${items.join(", ")}${close}`;
    const spaced = open === "{" && items.length > 0 ? `{ ${items.join(", ")} }` : line;
    return spaced.length <= 90 && !spaced.includes("\n")
      ? spaced
      : `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${"  ".repeat(depth)}${close}`;
  };
  if (Array.isArray(value)) {
    return lines(
      "[",
      value.map((item) => literal(item, depth + 1)),
      "]",
    );
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return lines(
      "{",
      entries.map(
        ([key, item]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${literal(item, depth + 1)}`,
      ),
      "}",
    );
  }
  return JSON.stringify(value);
}
