/** A clusters file is data: no text in it is evaluated by Terraform. */
import { Testing } from "cdktf";
import type { Field } from "../../lib/inputs/field";
import { fieldProblems } from "../../lib/inputs/field-problems";
import type { ClusterConfig } from "../../stacks/cluster-config";
import { CLUSTER_ENTRY, FLEET_IN_FILE } from "../../stacks/cluster-fields";
import { fleetMistakes } from "../../stacks/fleet-checks";
import { KarpenterStack } from "../../stacks/karpenter-stack";
import { cluster } from "./clusters";

const TEMPLATE = "${1+1}";

/** A template as each kind of text can hold it. */
const TEXTS = [
  '${trimspace(file("/etc/hostname"))}',
  "%{if true}x%{endif}",
  `/${TEMPLATE}/`,
  `https://${TEMPLATE}/`,
  `arn:aws:iam::111122223333:role/${TEMPLATE}`,
  `arn:aws:iam::111122223333:policy/${TEMPLATE}`,
  `arn:aws:kms:eu-north-1:111122223333:key/${TEMPLATE}`,
];

/** Whether Terraform would evaluate what a text of {@link TEXTS} holds. */
const EVALUATED = /(?<!\$)\$\{(trimspace|1\+1)|(?<!%)%\{if/;

/** NodePools and the like have their own test of texts; Terraform does not evaluate what stands in a backend. */
const ELSEWHERE = ["nodePools", "nodeClasses", "nodeOverlays", "manifests", "backend", "acknowledgeWarnings"];

type Options = Partial<ClusterConfig>;

/** Every place of a field that can hold a text, with the text in it. */
function placesOf(field: Field, text: string): unknown[] {
  switch (field.kind) {
    case "string":
    case "quantity":
    case "any":
      return [text];
    case "yaml":
      return [`nameOverride: ${JSON.stringify(text)}`, { nameOverride: text }];
    case "list":
      return placesOf(field.of, text).map((value) => [value]);
    case "map":
      return [...placesOf(field.of, text).map((value) => ({ key: value })), { [text]: "value" }];
    case "object":
      return Object.entries(field.fields).flatMap(([name, of]) =>
        placesOf(of, text).map((value) => ({ [name]: value })),
      );
    default:
      return [];
  }
}

const isTaken = (options: Options) => fleetMistakes({ clusters: [cluster(options)] }, FLEET_IN_FILE).length === 0;

/** Options of a cluster, each with a template in a text, as few clusters as can hold them all. */
const clusters = Object.entries(CLUSTER_ENTRY.fields)
  .filter(([name]) => !ELSEWHERE.includes(name))
  .flatMap(([name, field]) => TEXTS.flatMap((text) => placesOf(field, text).map((value) => ({ [name]: value }))))
  .filter((options) => fieldProblems("", options, { ...CLUSTER_ENTRY, required: [] }, "1.14").length === 0)
  .reduce<Options[]>((batches, options) => {
    const [name] = Object.keys(options);
    const fitting = batches.findIndex((batch) => !(name in batch) && isTaken({ ...batch, ...options }));
    return fitting >= 0
      ? batches.map((batch, index) => (index === fitting ? { ...batch, ...options } : batch))
      : isTaken(options)
        ? [...batches, options]
        : batches;
  }, []);

test("there are texts that hold a template and are taken", () => {
  const taken = clusters.flatMap((options) => Object.keys(options));
  expect(taken).toEqual(expect.arrayContaining(["kubeConfigContext", "kubeConfigPath", "controllerHelmValues"]));
});

test("a template in a text is text", () => {
  const evaluated = clusters.filter((options) => {
    const stack = new KarpenterStack(Testing.app(), "stack", cluster(options) as ClusterConfig);
    return EVALUATED.test(Testing.synth(stack));
  });
  expect(evaluated).toEqual([]);
});
