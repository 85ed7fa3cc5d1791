/** Every place in which the catalogue takes a text, each in a value that is right but for that text. */
import type { Field, ObjectField } from "../../lib/inputs/field";
import { text } from "../../lib/inputs/field-builders";
import { fieldProblems } from "../../lib/inputs/field-problems";
import { fieldOf } from "../../lib/inputs/versioned-field";
import { isIn } from "../../lib/versions/version-bounds";
import { KEY_ARN, POLICY_ARN, PROVIDER_ARN, QUEUE_ARN, ROLE_ARN } from "./fixtures";

/** A place in a value that takes a text. */
export interface TextPlace {
  /** Below the value: `.taints[0].key`; that of a map for a name in it. */
  readonly path: string;
  /** What takes the text: a field, or the names of a map. */
  readonly field: Field;
  /** A text that is right there. */
  readonly sample: string;
  /** The value with a text in this place. */
  with(text: string): unknown;
}

/** Texts of which each rule of the catalogue takes at least one. */
export const SAMPLES: readonly string[] = [
  ...[
    "a",
    "1",
    "aa",
    "1Gi",
    "1h",
    "10m",
    "10%",
    "0.1",
    "+10%",
    "10.0.0.1",
    "example.com/a",
    "subnet-1",
    "sg-1",
    "ami-1",
  ],
  ...[
    "cr-1",
    "pg-1",
    "lt-1",
    "snap-1",
    "111122223333",
    "eu-north-1",
    "aws",
    "/a/",
    "./charts",
    "oci://x.y/z",
    "https://x.y",
  ],
  ...[ROLE_ARN, POLICY_ARN, KEY_ARN, QUEUE_ARN, PROVIDER_ARN, "1.14.3", "1.33", "al2023@v20260714", "0 9 * * *"],
  ...["2026-01-31T12:00:00Z", "irsa", "terraform", "EC2_LINUX", "karpenter-no-limits", "a reason that is long", "a: b"],
  ...["StringEquals", "sts:AssumeRole", "s3:GetObject", "sqs:SendMessage", '{"Statement":[]}', "ipv4", "health"],
  ...[`sha256:${"0a".repeat(32)}`, "arn:aws:ssm:eu-north-1:111122223333:parameter/a"],
  ...["[FILTER]\n    Name grep\n    Match *", "[PARSER]\n    Name a\n    Format json"],
  ...["memory.available", "cpu", "karpenter.k8s.aws/instance-cpu", "karpenter.k8s.aws", "EC2NodeClass", "Respect"],
  ...[
    "autoscaling.x-k8s.io/v1beta1",
    "v1",
    "karpenter.sh/v1",
    "karpenter.sh/v1alpha1",
    "karpenter.k8s.aws/v1",
    "Deployment",
    "apps",
    "karpenter.sh/v1alpha5",
    "karpenter.k8s.aws/v1alpha1",
    "karpenter.sh/v1beta1",
    "karpenter.k8s.aws/v1beta1",
    "buffer.x-k8s.io/active-capacity",
    "YWFhYWFhYWFhYWFhYWFhYQ==",
    "AROA0000000000000000",
  ],
];
const NUMBERS = [1, 0, 2, 50, 100, 0.5];

const isRight = (value: unknown, field: Field, release: string): boolean =>
  fieldProblems("it", value, field, release).length === 0;

/** Every place of a field and of what is in it. */
export function textPlaces(described: Field, release: string): TextPlace[] {
  const field = fieldOf(described, release);
  switch (field.kind) {
    case "string":
    case "quantity":
    case "any":
      return SAMPLES.filter((sample) => isRight(sample, field, release))
        .slice(0, 1)
        .map((sample) => ({ path: "", field, sample, with: (given) => given }));
    case "yaml":
      return [
        {
          path: ".podLabels.a",
          field: { kind: "any" },
          sample: "a",
          with: (given) => ({ podLabels: { a: given } }),
        },
      ];
    case "list":
      return textPlaces(field.of, release).map((place) => within(place, "[0]", (value) => [value]));
    case "map": {
      const keys = text(...field.keys);
      const key = SAMPLES.find((sample) => isRight(sample, keys, release));
      const item = sampleOf(field.of, release);
      return key === undefined
        ? []
        : [
            ...textPlaces(field.of, release).map((place) => within(place, `.${key}`, (value) => ({ [key]: value }))),
            { path: "", field: keys, sample: key, with: (given) => ({ [given]: item }) },
          ];
    }
    case "object":
      return placesOfObject(field, release);
    case "variant":
      return Object.entries(field.variants).flatMap(([name, variant]) =>
        placesOfObject(variant, release, { [field.by]: name }),
      );
    default:
      return [];
  }
}

function within(place: TextPlace, path: string, wrap: (value: unknown) => unknown): TextPlace {
  return { ...place, path: `${path}${place.path}`, with: (given) => wrap(place.with(given)) };
}

function placesOfObject(field: ObjectField, release: string, own: object = {}): TextPlace[] {
  return available(field, release)
    .filter(([name]) => !(name in own))
    .flatMap(([name, of]) =>
      textPlaces(of, release).flatMap((place) => {
        const rest = completed(field, { ...own, [name]: place.with(place.sample) }, release);
        return rest === undefined ? [] : [within(place, `.${name}`, (value) => ({ ...rest, [name]: value }))];
      }),
    );
}

function available({ fields }: ObjectField, release: string): [string, Field][] {
  return Object.entries(fields).filter(([, { since, until }]) => isIn({ since, until }, release));
}

/** An object with what else it needs: what is required, and one or two more fields where a rule asks for them. */
function completed(field: ObjectField, given: object, release: string): object | undefined {
  const samples = available(field, release)
    .filter(([name]) => !(name in given))
    .map(([name, of]) => ({ [name]: sampleOf(of, release) }));
  const required = Object.assign(
    {},
    ...samples.filter((sample) => field.required?.includes(Object.keys(sample)[0])),
  ) as object;
  const candidates = [
    {},
    ...samples,
    ...samples.flatMap((one, index) => samples.slice(index + 1).map((other) => ({ ...one, ...other }))),
  ];
  return candidates
    .map((more) => ({ ...more, ...required, ...given }))
    .find((value) => isRight(value, { ...field, kind: "object" }, release));
}

const samples = new Map<Field, unknown>();

/** A value that is right; undefined where none is found. */
function sampleOf(described: Field, release: string): unknown {
  if (!samples.has(described)) {
    samples.set(described, newSample(described, release));
  }
  return samples.get(described);
}

function newSample(described: Field, release: string): unknown {
  const field = fieldOf(described, release);
  switch (field.kind) {
    case "bool":
      return true;
    case "number":
      return NUMBERS.find((number) => isRight(number, field, release));
    case "enum":
      return field.values.find((value) => isRight(value, field, release));
    case "list":
      return [sampleOf(field.of, release)];
    case "map": {
      const keys = text(...field.keys);
      const key = SAMPLES.find((sample) => isRight(sample, keys, release));
      return key === undefined ? {} : { [key]: sampleOf(field.of, release) };
    }
    case "object":
      return completed(field, {}, release);
    case "variant": {
      const [[name, variant]] = Object.entries(field.variants);
      return completed(variant, { [field.by]: name }, release);
    }
    default:
      return SAMPLES.find((sample) => isRight(sample, field, release));
  }
}
