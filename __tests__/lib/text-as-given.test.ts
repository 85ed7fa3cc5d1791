/** Whatever text stands in an input, at whatever depth: it is refused by name, or comes out as it is. */
import type { Construct } from "constructs";
import { AwsAuth } from "../../lib/kubernetes/aws-auth";
import { FargateLogging } from "../../lib/kubernetes/fargate-logging";
import { KarpenterCharts } from "../../lib/kubernetes/karpenter-charts";
import { NodePools } from "../../lib/kubernetes/node-pools";
import { SmokeTest } from "../../lib/kubernetes/smoke-test";
import { ControllerRole } from "../../lib/aws/controller-role";
import { FargateProfile } from "../../lib/aws/fargate-profile";
import { InterruptionQueue } from "../../lib/aws/interruption-queue";
import { IrsaRole } from "../../lib/aws/irsa-role";
import { NodeAccess } from "../../lib/aws/node-access";
import { NodeRole } from "../../lib/aws/node-role";
import * as properties from "../../lib/inputs/catalog/properties";
import type { Field, ObjectField } from "../../lib/inputs/field";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { evaluate } from "../support/hcl";
import { PROVIDER_ARN, ROLE_ARN } from "../support/fixtures";
import { synth } from "../support/stack";
import type { TextPlace } from "../support/text-places";
import { textPlaces } from "../support/text-places";
import { AWKWARD, LOOKS_LIKE, textsOfSeed } from "../support/texts";

type Props = Readonly<Record<string, unknown>>;
type Class = new (scope: Construct, id: string, props: never) => object;

const CLUSTER = { clusterName: "demo" };
const LOGGING = { region: "eu-north-1", fargateLogGroupName: "a" };
const ROLE = { nodeRoleArns: [ROLE_ARN], oidcProviderArn: PROVIDER_ARN };
const IRSA = { oidcProviderArn: PROVIDER_ARN, serviceAccounts: [{ namespace: "a", name: "a" }], roleName: "a" };

/** Each construct with its properties, and those that it needs. */
const CONSTRUCTS: readonly [Class, ObjectField, Props][] = [
  [ControllerRole, properties.CONTROLLER_ROLE_PROPERTIES, { ...CLUSTER, ...ROLE }],
  [
    FargateProfile,
    properties.FARGATE_PROFILE_PROPERTIES,
    { ...CLUSTER, subnetIds: ["subnet-1"], fargateLogging: "managed" },
  ],
  [FargateLogging, properties.FARGATE_LOGGING_PROPERTIES, { ...LOGGING, fargateLoggingChart: "./logging" }],
  [InterruptionQueue, properties.INTERRUPTION_QUEUE_PROPERTIES, { ...CLUSTER, createInterruptionQueueAlarm: true }],
  [IrsaRole, properties.IRSA_ROLE_PROPERTIES, IRSA],
  [NodeAccess, properties.NODE_ACCESS_PROPERTIES, { ...CLUSTER, nodeRoleArn: ROLE_ARN }],
  [NodeRole, properties.NODE_ROLE_PROPERTIES, CLUSTER],
  [KarpenterCharts, properties.KARPENTER_CHARTS_PROPERTIES, { ...CLUSTER, guardChart: "./guard" }],
  [NodePools, properties.NODE_POOLS_PROPERTIES, { nodePoolsChart: "./pools" }],
  [AwsAuth, properties.AWS_AUTH_PROPERTIES, { awsAuthChart: "./auth", mapRoles: [] }],
  [SmokeTest, properties.SMOKE_TEST_PROPERTIES, {}],
];

/** Not made into anything but a decision. */
const NOT_WRITTEN = ["acknowledgeWarnings"];

const PARTS = [...AWKWARD, ...LOOKS_LIKE];
/** What is not only letters, digits and the few signs that mean nothing to anybody. */
const isAwkward = (text: string): boolean => /[^\w.:/=+@,*?-]/.test(text) || text === "";

/** A few texts for each place, one listed and one random, other ones for the next: of all places together, every listed one in many. */
function textsFor({ sample }: TextPlace, index: number): string[] {
  const parts = [PARTS[(index * 7) % PARTS.length], ...textsOfSeed(index, 1)];
  return [
    ...new Set([
      ...parts,
      ...parts.map((part) => `${sample}${part}`),
      ...parts.slice(1).map((part) => sample.replace(/^(.*[/:])?/s, (before) => `${before}${part}`)),
    ]),
  ];
}

interface Given {
  readonly property: string;
  readonly path: string;
  readonly text: string;
  readonly value: unknown;
  readonly problems: readonly string[];
}

/** Every text in every place of a construct's properties. */
function givenTo({ fields }: ObjectField, release: string): Given[] {
  const places = Object.entries(fields)
    .filter(([name]) => !NOT_WRITTEN.includes(name))
    .flatMap(([property, field]) => textPlaces(field, release).map((place) => ({ property, field, place })));
  return places.flatMap(({ property, field, place }, index) =>
    textsFor(place, index).map((text) => {
      const value = place.with(text);
      return {
        property,
        path: `${property}${place.path}`,
        text,
        value,
        problems: fieldProblems(property, value, field, release),
      };
    }),
  );
}

/** One property for all that is given in it, as far as one can hold several. */
function together(field: Field, values: readonly unknown[]): unknown[] {
  if (field.kind === "map" && field.keys.length > 0 && field.of.kind === "object") {
    const entries = values.map((value, index): [string, unknown] => {
      const [[name, item]] = Object.entries(value as object);
      return [/^a?$/.test(name) ? `case${index}` : name, item];
    });
    return [Object.fromEntries(entries)];
  }
  return field.kind === "list" && field.size?.max === undefined && field.single !== true
    ? [values.flat()]
    : [...values];
}

/** The property sets that hold all of it, the fewest. */
function batches({ fields }: ObjectField, taken: readonly Given[]): Props[] {
  const names = [...new Set(taken.map(({ property }) => property))];
  const byProperty = names.map((name): [string, unknown[]] => [
    name,
    together(
      fields[name],
      taken.filter(({ property }) => property === name).map(({ value }) => value),
    ),
  ]);
  const count = Math.max(0, ...byProperty.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(byProperty.flatMap(([name, values]) => (index < values.length ? [[name, values[index]]] : []))),
  );
}

/** Every name and text of what Terraform makes of a synthesized value; a text that is JSON is read too. */
function textsIn(value: unknown, found: Set<string>): Set<string> {
  if (typeof value === "string") {
    found.add(value);
    if (/^[[{]/.test(value)) {
      try {
        textsIn(JSON.parse(value), found);
      } catch {
        // It only looks like JSON.
      }
    }
  } else if (typeof value === "object" && value !== null) {
    Object.entries(value).forEach(([name, item]) => {
      found.add(name);
      textsIn(item, found);
    });
  }
  return found;
}

/** A value with each text as Terraform has it; what hangs on other resources stays as it is. */
function evaluated(value: unknown): unknown {
  if (typeof value === "string") {
    try {
      return evaluate(value);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) {
    return value.map(evaluated);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [String(evaluated(name)), evaluated(item)]))
    : value;
}

describe.each(CONSTRUCTS.map(([type, field, base]) => [type.name, type, field, base] as const))(
  "a text given to %s",
  (_, type, field, base) => {
    const given = givenTo(field, "1.15.1");
    const taken = given.filter(({ problems, text }) => problems.length === 0 && isAwkward(text));

    test("is refused by the name of the very place", () => {
      const wrong = given
        .filter(({ problems, path }) => problems.length > 0 && !problems.some((told) => told.startsWith(`"${path}"`)))
        .map(({ path, text, problems }) => [path, text.slice(0, 40), problems[0].slice(0, 200)]);
      expect(wrong).toEqual([]);
    });

    test("comes out as it is", () => {
      const found = new Set<string>();
      for (const props of batches(field, taken)) {
        const { resource, data, locals } = synth(
          (stack) => new type(stack, "it", { karpenterVersion: "1.15.1", ...base, ...props } as never),
        ).json;
        textsIn(evaluated([resource, data, locals]), found);
      }
      // Terraform composes what it reads.
      const all = [...found].join("\0\0").normalize("NFC");
      const lost = taken
        .filter(({ text }) => !all.includes(text.normalize("NFC")))
        .map(({ path, text }) => `${path}: ${JSON.stringify(text)}`);
      expect(lost).toEqual([]);
    });
  },
);
