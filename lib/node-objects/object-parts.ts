import type { Fields } from "../terraform/known-values";
import { givenFields, isFields, isKnownList, isKnownText } from "../terraform/known-values";
import { Token } from "cdktf";
import {
  atRelease,
  DEFAULT_KARPENTER_VERSION,
  kubernetesMinor,
  mayBeTaken,
  minorVersionOf,
  releaseTakenFor,
  SUPPORTED_KUBERNETES,
} from "../versions";
import { amiAliases, lackOf } from "./ami-aliases";
import { familyOf, namedFamily } from "./ami-names";
import type { Demand } from "./contradictions";
import { demandsOf, demandsOfAmis, fit, inWords, unknownValues } from "./contradictions";
import type { NodeObjects } from "./node-objects";
import type { Said } from "./said";
import { saidClasses, saidPools } from "./said";
import { rowOfVolume, sizeInGib } from "./volume-types";
import type { Part } from "../inputs/warning-rule";

/**
 * What warnings on NodePools and node classes speak of:
 *
 * - `nodePool`: its fields, and of each of {@link ONLY} the only value that its nodes may have
 * - `disruption`, `metadataOptions`: the fields of each
 * - `demand`: how a requirement or a label is `said`, and whether some value of it `exists`
 * - `demandPair`: two demands of one key, where the `second` stands, how each is said, and whether they `fit` together
 * - `limit`: `resource` and `amount` of each
 * - `nodeClass`: its fields, its `family`, `aliases` of AMIs, `devices` of its volumes, and `isManifest`
 * - `volume`: what `ebs` says, with `deviceName` and `rootVolume`, the `family`, the `row` of its type, and its `size` in GiB
 * - `amiName`: a name or an SSM parameter as `value`, the family `named` by it, and the `family` that the class has at `familyPath`
 */
export type ObjectPart =
  | "nodePool"
  | "disruption"
  | "demand"
  | "demandPair"
  | "limit"
  | "nodeClass"
  | "amiAlias"
  | "metadataOptions"
  | "volume"
  | "amiName";

/** Labels of which a pool may ask for one value only, by the field of the part that has it. */
export const ONLY = {
  onlyCapacityType: "karpenter.sh/capacity-type",
  onlyInstanceType: "node.kubernetes.io/instance-type",
  onlyInstanceFamily: "karpenter.k8s.aws/instance-family",
} as const;

/** All parts, as far as they are known at synth. */
export function partsOf(props: Partial<NodeObjects>): Readonly<Record<ObjectPart, readonly Part[]>> {
  const [pools, classes] = [saidPools(props), saidClasses(props)];
  return {
    nodePool: pools.filter(isWhole).map((pool) => ({ ...pool, fields: { ...pool.fields, ...onlyValues(pool) } })),
    disruption: pools.filter(isWhole).flatMap((pool) => partWithin(pool, "disruption")),
    demand: pools.flatMap(demandsOf).map(demandPart),
    demandPair: pools.flatMap((pool) => demandPairs(pool, classes)),
    limit: pools.flatMap(limits),
    nodeClass: classes.map(wholeClass),
    amiAlias: aliasesLacking(props),
    metadataOptions: classes.flatMap((nodeClass) => partWithin(nodeClass, "metadataOptions")),
    volume: classes.flatMap(volumes),
    amiName: classes.flatMap(amiNames),
  };
}

/** More may be said of others, which only Terraform knows. */
function isWhole({ isOpen }: Said): boolean {
  return !isOpen;
}

function onlyValues(pool: Said): Fields {
  const single = demandsOf(pool).filter(({ operator, values }) => operator === "In" && values.length === 1);
  return Object.fromEntries(
    Object.entries(ONLY).map(([field, label]) => [field, single.find(({ key }) => key === label)?.values[0]]),
  );
}

function partAt(path: string, fields: Fields): Part {
  return { path, fields, at: (field) => `${path}.${field}` };
}

function partWithin({ at, fields }: Said, field: string): Part[] {
  const part = fields[field];
  return isFields(part) ? [partAt(at(field), part)] : [];
}

function demandPart(demand: Demand): Part {
  return partAt(demand.path, { said: inWords(demand), exists: !unknownValues(demand) });
}

/** Demands of a pool with each other, and with those of the AMIs of its node class. */
function demandPairs(pool: Said, classes: readonly Said[]): Part[] {
  const named = pool.fields.nodeClass ?? (classes.length === 1 ? classes[0].name : "default");
  const nodeClass = classes.find(({ name }) => name !== undefined && name === named);
  const demands = [...demandsOf(pool), ...(nodeClass === undefined ? [] : demandsOfAmis(nodeClass))];
  return demands.flatMap((first, index) =>
    demands
      .slice(index + 1)
      .filter(({ key }) => key === first.key)
      .map((second) =>
        partAt(first.path, {
          second: second.path,
          firstSaid: inWords(first),
          secondSaid: inWords(second),
          fit: fit(first, second),
        }),
      ),
  );
}

function limits({ at, fields }: Said): Part[] {
  return Object.entries(isFields(fields.limits) ? fields.limits : {})
    .filter(([, amount]) => !Token.isUnresolved(amount))
    .map(([resource, amount]) => partAt(`${at("limits")}.${resource}`, { resource, amount: String(amount) }));
}

function itemsOf(list: unknown): Fields[] {
  return isKnownList(list) ? list.map((item) => (isFields(item) ? item : {})) : [];
}

function wholeClass(nodeClass: Said): Part {
  const { fields, isManifest } = nodeClass;
  const aliases = [fields.amiAlias, ...itemsOf(fields.amiSelectorTerms).map(({ alias }) => alias)];
  const devices = isKnownList(fields.blockDeviceMappings)
    ? itemsOf(fields.blockDeviceMappings).map(({ deviceName }) => deviceName)
    : undefined;
  return {
    ...nodeClass,
    fields: givenFields({
      ...fields,
      isManifest,
      family: familyOf(nodeClass),
      aliases: aliases.map((alias) => ({ alias })),
      devices,
    }),
  };
}

/** Kubernetes versions that are supported, and that the release of Karpenter runs on. */
function aliasesLacking(props: Partial<NodeObjects>): Part[] {
  const { kubernetesVersion, karpenterVersion = DEFAULT_KARPENTER_VERSION } = props;
  if (kubernetesVersion !== undefined || Token.isUnresolved(karpenterVersion) || !mayBeTaken(karpenterVersion)) {
    return [];
  }
  const { from, to } = atRelease(minorVersionOf(karpenterVersion).kubernetes, releaseTakenFor(karpenterVersion));
  const supported = SUPPORTED_KUBERNETES.filter(
    (kubernetes) =>
      kubernetesMinor(from) <= kubernetesMinor(kubernetes) && kubernetesMinor(kubernetes) <= kubernetesMinor(to),
  );
  return amiAliases(props as NodeObjects).map(({ path, alias }) => ({
    path,
    fields: { alias, lacking: supported.filter((kubernetes) => lackOf(alias, kubernetes) !== undefined) },
    at: (field) => field,
  }));
}

function volumes(nodeClass: Said): Part[] {
  const path = nodeClass.at("blockDeviceMappings");
  return itemsOf(nodeClass.fields.blockDeviceMappings).flatMap(({ ebs, deviceName, rootVolume }, index) =>
    isFields(ebs)
      ? [
          partAt(`${path}[${index}].ebs`, {
            ...ebs,
            deviceName,
            rootVolume,
            family: familyOf(nodeClass),
            row: rowOfVolume(ebs.volumeType),
            size: sizeInGib(ebs.volumeSize),
          }),
        ]
      : [],
  );
}

function amiNames(nodeClass: Said): Part[] {
  const family = familyOf(nodeClass);
  const [path, familyPath] = [nodeClass.at("amiSelectorTerms"), nodeClass.at("amiFamily")];
  return itemsOf(nodeClass.fields.amiSelectorTerms).flatMap((term, index) =>
    (["name", "ssmParameter"] as const)
      .filter((field) => isKnownText(term[field]))
      .map((field) => {
        const value = term[field] as string;
        return partAt(`${path}[${index}].${field}`, { value, named: namedFamily(value), family, familyPath });
      }),
  );
}
