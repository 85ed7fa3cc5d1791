/** Text comes out of synth, real Terraform and helm as it went in, whatever is in it. */
import fc from "fast-check";

import { AWKWARD, anyText } from "../__tests__/support/texts";
import type { Rendered } from "./charts/rendered-chart";
import { known, renderedByConstructs, renderedByModule } from "./support/rendered-pools";

/** Nearly as long as user data may be, 16 KiB. */
const LONGEST = "#!/bin/bash\r\necho ${HOME} \u2028 %{x}\n".repeat(450);

const TEXTS = [
  ...AWKWARD.flatMap((part) => [part, `a\n${part}\nb`, `${part}\n`]),
  "PRICE=$",
  "\n",
  "\n\n",
  LONGEST,
  ...fc.sample(anyText, { seed: 13, numRuns: 150 }),
].map((text) => text.normalize("NFC"));

/** What a node class has to say. */
const DEFAULTS = {
  role: "nodes",
  subnetSelectorTerms: [{ id: "subnet-0" }],
  securityGroupSelectorTerms: [{ id: "sg-0" }],
};
const WHOLE = { ...DEFAULTS, amiSelectorTerms: [{ alias: "al2023@v20260714" }] };

const ANNOTATIONS = Object.fromEntries(TEXTS.map((text, index) => [`text-${index}`, text]));

/** Node classes with the text in typed fields and in the free form. */
const classes = (texts: readonly string[]) =>
  Object.fromEntries(
    texts.map((text, index) => [
      `class-${index}`,
      { amiAlias: "al2023@v20260714", userData: text, spec: { context: text }, metadata: { annotations: { text } } },
    ]),
  );

/** All texts, in each place. */
function expectTexts(rendered: readonly Rendered[]): void {
  const objects = new Map(rendered.map((object) => [object.metadata.name, object]));
  TEXTS.forEach((text, index) => {
    const { metadata, spec } = objects.get(`class-${index}`) as Rendered;
    expect(spec).toMatchObject({ userData: text, context: text });
    expect(metadata.annotations).toEqual({ text });
  });
  expect(objects.get("m")?.metadata.annotations).toEqual(ANNOTATIONS);
}

it("comes out of the constructs as it went in, typed, free and in manifests", async () => {
  const manifest = {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: "m", annotations: ANNOTATIONS },
    spec: WHOLE,
  };
  const rendered = await renderedByConstructs(() => ({
    nodePools: {},
    nodeClasses: classes(TEXTS),
    nodeClassDefaults: DEFAULTS,
    manifests: [manifest],
  }));
  expectTexts(rendered);
});

it("comes out of the constructs as it went in around what only Terraform knows", async () => {
  const rendered = await renderedByConstructs((stack) => {
    const [price, template] = [known(stack, "price", "5"), known(stack, "template", "${y}\u2028\n")];
    return {
      nodePools: {},
      nodeClasses: classes(TEXTS.slice(0, 200).map((text) => `${text}${price}${text}${template}`)),
      nodeClassDefaults: DEFAULTS,
    };
  });
  const found = rendered.map(({ metadata, spec }) => [metadata.name, (spec as { userData: string }).userData]);
  const expected = TEXTS.slice(0, 200).map((text, index) => [`class-${index}`, `${text}5${text}\${y}\u2028\n`]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});

it("may stand under keys that every object of JavaScript has, and under templates", async () => {
  const tags = JSON.parse('{"toString":"a","__proto__":"b","${x}":"c","%{y}":"d","yes":"e","1":"f"}') as Record<
    string,
    string
  >;
  const [object] = await renderedByConstructs(() => ({ nodePools: {}, nodeClasses: { a: { ...WHOLE, tags } } }));
  const got = (object?.spec as { tags: Record<string, string> }).tags;
  expect(Object.entries(got).sort()).toEqual(Object.entries(tags).sort());
});

it("comes out of the published module as it went in, from a file", async () => {
  const rendered = await renderedByModule(
    `  node_classes = { for index, text in jsondecode(file("texts.json")) : "class-\${index}" => {
    amiAlias  = "al2023@v20260714"
    role      = "nodes"
    userData  = text
    metadata  = { annotations = { text = text } }
    spec      = { context = text, subnetSelectorTerms = [{ id = "subnet-0" }], securityGroupSelectorTerms = [{ id = "sg-0" }] }
  } }
  manifests = [{
    apiVersion = "karpenter.k8s.aws/v1"
    kind       = "EC2NodeClass"
    metadata   = { name = "m", annotations = { for index, text in jsondecode(file("texts.json")) : "text-\${index}" => text } }
    spec       = ${JSON.stringify(WHOLE)}
  }]`,
    { "texts.json": JSON.stringify(TEXTS) },
  );
  expectTexts(rendered);
});
