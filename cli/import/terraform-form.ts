/** The move as Terraform: the call of the module, and the blocks by which nothing is made anew. */
import { snakeCase } from "../../lib/terraform/readable-stack";
import { addressIn } from "./addresses";
import { Expression, hclBlock } from "./hcl";
import type { Move, Taken } from "./move";
import { importId } from "./move";
import type { MovingIn } from "./moving-in";
import { withoutInstances } from "./state";

/** How it is written. */
export interface TerraformFormOptions {
  /** The name of the call. */
  readonly moduleName: string;
  readonly moduleSource: string;
  /** Whether the call comes into the root that the state is of. */
  readonly sameState: boolean;
  /** Whether no state has any of it. */
  readonly live?: boolean;
  /** The Terraform that runs it, `1.11.4`. */
  readonly terraformVersion?: string;
}

/** Files by name, and what is to be done by hand. */
export interface Written {
  readonly files: Readonly<Record<string, string>>;
  /** Commands for the root that the state is of. */
  readonly commands: readonly string[];
}

/** Writes the files. */
export function terraformForm({ inputs, moves }: MovingIn, options: TerraformFormOptions): Written {
  const taken = moves.filter((move): move is Taken => move.fate === "taken");
  const { removed, commands } = leaving(moves, options);
  const args = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [snakeCase(name), value]));
  const call = hclBlock(`module "${options.moduleName}"`, { source: options.moduleSource }, args);
  return {
    files: {
      "karpenter.tf": inBlocks([call]),
      ...(options.sameState
        ? { "moved.tf": inBlocks(taken.map((move) => movedBlock(move, options.moduleName))) }
        : { "imports.tf": inBlocks(taken.map((move) => importBlock(move, options.moduleName))) }),
      ...(removed.length === 0
        ? {}
        : { [options.sameState ? "removed.tf" : "old-root/removed.tf"]: removedBlocks(removed) }),
    },
    commands,
  };
}

function movedBlock({ object, place, key }: Taken, module: string): string {
  return hclBlock("moved", {
    from: new Expression(object.address),
    to: new Expression(addressIn(module, place, key)),
  });
}

function importBlock({ object, place, key }: Taken, module: string): string {
  return hclBlock("import", { to: new Expression(addressIn(module, place, key)), id: importId(object) });
}

/** Blocks by which Terraform forgets resources, and leaves them there. */
export function removedBlocks(addresses: readonly string[]): string {
  return inBlocks(
    addresses.map((address) => `removed {\n  from = ${address}\n\n  lifecycle {\n    destroy = false\n  }\n}`),
  );
}

/** What leaves the root that the state is of: by `removed` blocks, or by commands where its Terraform has no such blocks. */
export function leaving(
  moves: readonly Move[],
  { sameState, live, terraformVersion }: Pick<TerraformFormOptions, "sameState" | "live" | "terraformVersion">,
): { readonly removed: readonly string[]; readonly commands: readonly string[] } {
  if (live === true) {
    return { removed: [], commands: [] };
  }
  const addresses = moves
    .filter(({ fate }) => fate === "forgotten" || (fate === "taken" && !sameState))
    .map(({ object }) => object.address);
  return knowsRemoved(terraformVersion)
    ? { removed: [...new Set(addresses.map(withoutInstances))], commands: [] }
    : { removed: [], commands: addresses.map((address) => `terraform state rm '${address}'`) };
}

/** `removed` blocks came with Terraform 1.7; the modules ask for 1.5.7, which has all others. */
export function knowsRemoved(version = "1.7.0"): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= 7);
}

function inBlocks(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}
