import { posix } from "node:path";
import type { TerraformJson } from "../lib/module/module-stack";

/** A synthesized module: its folder below the published root ("" is the root) and its Terraform JSON. */
export interface SynthesizedModule {
  readonly path: string;
  readonly json: TerraformJson;
}

/** Something that the root module makes: a call of a submodule, or a resource that calls depend on. */
export interface GraphPart {
  readonly id: string;
  readonly title: string;
  /** The provider that makes it; none for what exists in the state only. */
  readonly provider?: string;
  /** How many resources of each type it has. */
  readonly resources: Readonly<Record<string, number>>;
}

/** That one part is made before another one. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The outputs that are handed over; none where it is just an order. */
  readonly outputs: readonly string[];
}

/** What the root module is made of and in which order. */
export interface ModuleGraph {
  readonly parts: readonly GraphPart[];
  readonly edges: readonly GraphEdge[];
}

type Blocks = Readonly<Record<string, TerraformJson>>;

/** Reads the graph of the root module: what follows from other edges is left out. */
export function moduleGraph(modules: readonly SynthesizedModule[]): ModuleGraph {
  const root = modules.find(({ path }) => path === "");
  if (root === undefined) {
    throw new Error('there is no root module, but one module must have the path ""');
  }
  const calls = (root.json.module ?? {}) as Blocks;
  const locals = (root.json.locals ?? {}) as TerraformJson;
  const resources = resourcesByAddress(root.json);
  const references = Object.entries(calls).map(([id, call]) => ({
    id,
    text: withLocals(JSON.stringify(call), locals),
  }));
  const callEdges = references.flatMap(({ id, text }) =>
    Object.keys(calls)
      .filter((other) => other !== id && mentions(text, `module.${other}`))
      .map((other) => ({ from: other, to: id, outputs: outputsOf(text, other) })),
  );
  const resourceEdges = [...resources].flatMap(([address, id]) =>
    references
      .filter(({ text }) => mentions(text, address))
      .map(({ id: call }) => ({ from: id, to: call, outputs: [] })),
  );
  const given = [...resources.values()].filter((id) => resourceEdges.some(({ from }) => from === id));
  return {
    parts: [
      ...given.map((id) => ({ id, title: id, resources: {} })),
      ...Object.entries(calls).map(([id, call]) => submodulePart(id, call.source as string, modules)),
    ],
    edges: withoutImplied([...resourceEdges, ...callEdges]),
  };
}

function submodulePart(id: string, source: string, modules: readonly SynthesizedModule[]): GraphPart {
  const path = posix.normalize(source);
  const json = modules.find((module) => module.path === path)?.json;
  if (json === undefined) {
    throw new Error(`"module.${id}" has the source "${source}", but no module has that path`);
  }
  const providers = (json.terraform as { required_providers?: object } | undefined)?.required_providers ?? {};
  return {
    id,
    title: posix.basename(path),
    provider: Object.keys(providers)[0],
    resources: Object.fromEntries(
      Object.entries((json.resource ?? {}) as Blocks).map(([type, byName]) => [type, Object.keys(byName).length]),
    ),
  };
}

/** The root's own resources, their names by their addresses. */
function resourcesByAddress(json: TerraformJson): Map<string, string> {
  const types = Object.entries((json.resource ?? {}) as Blocks);
  return new Map(types.flatMap(([type, byName]) => Object.keys(byName).map((name) => [`${type}.${name}`, name])));
}

/** The text with the value of each local that it mentions put behind it. */
function withLocals(text: string, locals: TerraformJson, seen: readonly string[] = []): string {
  const named = Object.keys(locals).filter((name) => !seen.includes(name) && mentions(text, `local.${name}`));
  const values = named.map((name) => withLocals(JSON.stringify(locals[name]), locals, [...seen, ...named]));
  return [text, ...values].join("\n");
}

function mentions(text: string, address: string): boolean {
  return new RegExp(`\\b${address.replace(/\./g, "\\.")}\\b`).test(text);
}

function outputsOf(text: string, call: string): string[] {
  const found = [...text.matchAll(new RegExp(`\\bmodule\\.${call}(?:\\[0\\])?\\.(\\w+)`, "g"))];
  return [...new Set(found.map(([, output]) => output))].sort();
}

/** Without the edges that another way leads along. */
function withoutImplied(edges: readonly GraphEdge[]): GraphEdge[] {
  const leads = (from: string, to: string, direct: boolean): boolean =>
    edges.some((edge) => edge.from === from && ((direct && edge.to === to) || leads(edge.to, to, true)));
  return edges.filter(({ from, to }) => !leads(from, to, false));
}
