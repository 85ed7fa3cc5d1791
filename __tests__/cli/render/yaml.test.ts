import { parse } from "yaml";
import { yamlDocument } from "../../../cli/render/yaml";

describe("rendered YAML", () => {
  test("is read back as it was written by a reader of YAML 1.1", () => {
    const value = {
      texts: [
        "yes",
        "on",
        "1e3",
        "0o7",
        "1:30",
        "2026-01-01",
        "a\u0085b",
        "\u2028",
        "\ufeff",
        "${a}",
        "😀",
        "",
        "~",
        "a: b #",
      ],
      numbers: [1, 0.5, 1e21],
      others: [true, null, {}, []],
    };
    const text = yamlDocument(value);
    expect(parse(text, { version: "1.1" })).toEqual(value);
    expect(text).not.toMatch(/[\u007f-\u009f\u2028\ufeff]/);
  });

  test("names no value by an alias, and begins with the comment that is asked for", () => {
    const shared = { a: 1 };
    expect(yamlDocument({ one: shared, other: shared }, "Mine.")).toBe("# Mine.\none:\n  a: 1\nother:\n  a: 1\n");
  });
});
