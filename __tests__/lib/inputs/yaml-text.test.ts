import { yamlFields } from "../../../lib/inputs/yaml-text";

describe("a text is YAML with keys", () => {
  test.each<[string, string, object]>([
    ["with keys that are numbers, booleans or empty in quotes", '1: a\ntrue: b\n"": c', { 1: "a", true: "b", "": "c" }],
    ["with what is merged in", "a: &x { b: 1 }\nc: { <<: *x }", { a: { b: 1 }, c: { b: 1 } }],
    ["with lines that end in a carriage return", "a: b\rc: d\r\ne: f", { a: "b", c: "d", e: "f" }],
    ["with a line separator within double quotes", '{"a":"b\u2028c"}', { a: "b\u2028c" }],
  ])("%s", (_, text, fields) => {
    expect(yamlFields(text)).toEqual(fields);
  });

  test.each<[string, string]>([
    ["with a template of Helm's", "{{ .Values }}"],
    ["with a key that is none", "~: a"],
    ["with a control character", "a: b\u0000"],
    ["with a line separator that ends a line of text", "a: |\n  b\u2028c\n"],
    ["of several documents", "a: b\n---\nc: d"],
  ])("but not one %s, which neither Terraform nor Helm reads", (_, text) => {
    expect(yamlFields(text)).toBeUndefined();
  });
});
