import fc from "fast-check";
import { NodePools } from "../../../lib/kubernetes/node-pools";
import { literalText, tf } from "../../../lib/terraform/expression";
import { evaluate } from "../../support/hcl";
import { render, synth } from "../../support/stack";
import { anyText } from "../../support/texts";
import { variable } from "../../support/tokens";

const RUNS = { seed: 13, numRuns: 300 };
const FEWER_RUNS = { seed: 13, numRuns: 100 };
const SCOPE = { var: { x: "5", y: "${y}" } };

const back = (value: unknown) => evaluate(String(render(tf`jsonencode(${value})`)), SCOPE);

describe("text in an expression", () => {
  test("comes out as it went in, whatever is in it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(String(back(text)))).toBe(text);
      }),
      RUNS,
    );
  });

  test("comes out as it went in around what only Terraform knows", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, between, after) => {
        const text = `${before}${variable("x")}${between}${variable("y")}${after}`;
        expect(JSON.parse(String(back(text)))).toBe(`${before}5${between}\${y}${after}`);
      }),
      RUNS,
    );
  });

  test("comes out as it went in as keys and values of maps and lists", () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.array(anyText, { maxLength: 3 }), { maxKeys: 4 }), (map) => {
        expect(JSON.parse(String(back({ map })))).toEqual({ map });
      }),
      RUNS,
    );
  });

  test.each<[string, string, string]>([
    ["a dollar sign before a token", `PRICE=$${variable("x")}`, '"PRICE=\\u0024${var.x}"'],
    ["two of them", `$$${variable("x")}`, '"$\\u0024${var.x}"'],
    ["a percent sign before a token", `%${variable("x")}`, '"%${var.x}"'],
    ["escapes that Terraform does not know", "\b\f\u2028", '"\\u0008\\u000c\u2028"'],
    ["a backslash before such letters", "\\b\\f", '"\\\\b\\\\f"'],
    ["half a surrogate pair", "a\ud83d", '"a\ufffd"'],
    ["templates", "${a}%{b}$${c}", '"$${a}%%{b}$$${c}"'],
  ])("is written so that Terraform reads it: %s", (_, text, written) => {
    expect(render(tf`f(${text})`)).toBe(`\${f(${written})}`);
  });
});

describe("text as it is written", () => {
  test("comes out as it went in, alone and in an expression", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(evaluate(String(render(literalText(text))))).toBe(text);
        expect(JSON.parse(String(back(literalText(text))))).toBe(text);
      }),
      FEWER_RUNS,
    );
  });

  test("comes out as it went in around what only Terraform knows", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, between, after) => {
        const text = literalText(`${before}${variable("x")}${between}${variable("y")}${after}`);
        expect(evaluate(String(render(text)), SCOPE)).toBe(`${before}5${between}\${y}${after}`);
      }),
      FEWER_RUNS,
    );
  });
});

describe("text in NodePools", () => {
  const valuesOf = (userData: string, tags: Readonly<Record<string, string>>) => {
    const { values } = synth(
      (stack) =>
        new NodePools(stack, "pools", {
          nodePools: {},
          nodeClasses: { default: { amiAlias: "al2023@v20260714", userData, tags } },
          nodePoolsChart: "./chart",
          manifests: [
            {
              apiVersion: "karpenter.k8s.aws/v1",
              kind: "EC2NodeClass",
              metadata: { name: "whole" },
              spec: { amiSelectorTerms: [{ alias: "al2023@v20260714" }], userData, tags },
            },
          ],
        }),
    ).resource("helm_release", "pools");
    return JSON.parse(String(evaluate((values as string[])[0], SCOPE))) as {
      nodeClasses: { default: { userData: string; tags: object } };
      manifests: { spec: { userData: string; tags: object } }[];
    };
  };

  test("comes out as it went in, 64 KB of it too", () => {
    const long = "#!/bin/bash\r\n${x} %{y} \u2028".repeat(3000);
    expect(long.length).toBeGreaterThan(65_536);
    const { nodeClasses, manifests } = valuesOf(long, {});
    expect(nodeClasses.default.userData).toBe(long);
    expect(manifests[0].spec.userData).toBe(long);
  });

  test("may be under keys that every object of JavaScript has", () => {
    const tags = JSON.parse('{"toString":"a","__proto__":"b","constructor":"c","hasOwnProperty":"d"}') as Record<
      string,
      string
    >;
    const { nodeClasses, manifests } = valuesOf("", tags);
    const expected = JSON.stringify(Object.entries(tags).sort());
    for (const object of [nodeClasses.default, manifests[0].spec]) {
      expect(JSON.stringify(Object.entries(object.tags).sort())).toBe(expected);
    }
  });
});
