import { Token } from "cdktf";
import { hclString, hclTemplateText, tf, tfList, tfString } from "../../../lib/terraform/expression";
import { evaluate } from "../../support/hcl";
import { render } from "../../support/stack";
import { variable, variableFlag, variableList, variableMap } from "../../support/tokens";

describe("tf", () => {
  test("writes its literal text as Terraform's own syntax", () => {
    expect(render(tf`length(var.name) + 1`)).toBe("${length(var.name) + 1}");
  });

  test("quotes plain strings", () => {
    expect(render(tf`lower(${"Prod"})`)).toBe('${lower("Prod")}');
  });

  test("writes numbers and booleans bare", () => {
    expect(render(tf`[${64}, ${0}, ${true}, ${false}]`)).toBe("${[64, 0, true, false]}");
  });

  test.each([null, undefined])("keeps %p as null", (value) => {
    expect(render(tf`coalesce(var.a, ${value})`)).toBe("${coalesce(var.a, null)}");
  });

  test("writes tokens bare", () => {
    expect(render(tf`length(${variable("name")})`)).toBe("${length(var.name)}");
    expect(render(tf`length(${variableList("ids")})`)).toBe("${length(var.ids)}");
    expect(render(tf`keys(${variableMap("tags")})`)).toBe("${keys(var.tags)}");
  });

  test("writes lists with plain values and tokens side by side", () => {
    expect(render(tf`sort(${["b", variable("a"), null]})`)).toBe('${sort(["b", var.a, null])}');
  });

  test("writes maps with every spelling of a key", () => {
    expect(render(tf`keys(${{ "karpenter.sh/discovery": variable("a"), camelCase: [1] }})`)).toBe(
      '${keys({"karpenter.sh/discovery" = var.a, "camelCase" = [1]})}',
    );
  });

  test("writes a mix of text and tokens as a quoted template", () => {
    expect(render(tf`upper(${`a-${variable("x")}-${variable("y")}"z`})`)).toBe('${upper("a-${var.x}-${var.y}\\"z")}');
  });

  test("escapes what Terraform would take for a template in plain strings", () => {
    expect(render(tf`lower(${"${aws:username} 100%{x} $5 5%"})`)).toBe('${lower("$${aws:username} 100%%{x} $5 5%")}');
  });

  test("escapes the plain part of a mixed string only", () => {
    const mixed = render(tf`upper(${`\${aws:username}-${variable("x")}`})`);
    expect(mixed).toBe('${upper("$${aws:username}-${var.x}")}');
  });

  test("escapes quotes, backslashes and line ends", () => {
    const text = 'a "quoted" \\ path\nand a line';
    expect(evaluate(String(render(tf`${text}`)))).toBe(text);
  });

  test("puts parentheses around a nested operation", () => {
    const equal = tf`${variable("a")} == ${"b"}`;
    expect(render(tf`!${equal} ? ${1} : ${2}`)).toBe('${!(var.a == "b") ? 1 : 2}');
  });

  test("puts no parentheses around a nested call, list, map or string", () => {
    const nested = [tf`length( var.a )`, tf`[1, 2]`, tf`{ a = 1 }`, tf`"a b"`];
    expect(render(tf`[${nested[0]}, ${nested[1]}, ${nested[2]}, ${nested[3]}]`)).toBe(
      '${[length( var.a ), [1, 2], { a = 1 }, "a b"]}',
    );
  });

  test("puts parentheses around two calls with an operator between them", () => {
    const compared = tf`length(${variable("a")}) == length(${variable("b")})`;
    expect(render(tf`!${compared}`)).toBe("${!(length(var.a) == length(var.b))}");
  });

  test("is not misled by brackets and quotes inside strings", () => {
    const inString = tf`join("a) b", "c")`;
    expect(render(tf`!${inString}`)).toBe('${!join("a) b", "c")}');
    const afterString = tf`f("a \" (") == g("}")`;
    expect(render(tf`!${afterString}`)).toBe('${!(f("a \\" (") == g("}"))}');
  });

  test("puts parentheses around what never closes its bracket, for it cannot tell where it ends", () => {
    expect(render(tf`!${tf`f(a, b`}`)).toBe("${!(f(a, b)}");
  });

  test("is not misled by templates inside strings", () => {
    const template = tf`upper(${`x ${variable("y")} z`})`;
    expect(render(tf`lower(${template})`)).toBe('${lower(upper("x ${var.y} z"))}');
    const closed = tf`upper(${`x ${tf`f("}")`} z`}) == 1`;
    expect(render(tf`!${closed}`)).toBe('${!(upper("x ${f("}")} z") == 1)}');
  });

  test("writes one pair of braces however deep it nests", () => {
    const inner = tf`length(${tfList`compact(${[variable("a")]})`})`;
    expect(render(tf`${inner} > ${0}`)).toBe("${length(compact([var.a])) > 0}");
  });

  test("can stand in the middle of a string", () => {
    expect(render(`arn:${tf`upper(${variable("p")})`}:x`)).toBe("arn:${upper(var.p)}:x");
  });

  test("does not show its inside to JSON.stringify before synth", () => {
    expect(JSON.stringify(tf`var.a`)).toBe('"<unresolved-token>"');
  });
});

describe("tfString and tfList", () => {
  test("are tokens of the type that is expected", () => {
    expect(typeof tfString`var.a`).toBe("string");
    expect(Array.isArray(tfList`var.a`)).toBe(true);
    expect(Token.isUnresolved(tfString`var.a`)).toBe(true);
    expect(Token.isUnresolved(tfList`var.a`)).toBe(true);
  });

  test("render as the same expression that tf renders", () => {
    const name = variable("name");
    expect(render(tfString`length(${name}) <= ${64}`)).toBe(render(tf`length(${name}) <= ${64}`));
    expect(render(tfList`sort(${variableList("ids")})`)).toBe("${sort(var.ids)}");
  });

  test("keep a condition on a flag as it is", () => {
    expect(render(tfString`${variableFlag("on")} ? ${"a"} : ${null}`)).toBe('${var.on ? "a" : null}');
  });
});

describe("hclString and hclTemplateText", () => {
  test("escape both kinds of template and nothing else", () => {
    expect(hclString("${a} %{b} $c %d")).toBe('"$${a} %%{b} $c %d"');
    expect(hclTemplateText('${a} "%{b}"')).toBe('$${a} "%%{b}"');
  });

  test("keep a dollar that stands before an escape", () => {
    expect(evaluate(`\${${hclString("cost: $5 or ${x}")}}`)).toBe("cost: $5 or ${x}");
  });
});
