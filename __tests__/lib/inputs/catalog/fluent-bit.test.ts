import { fieldProblems } from "../../../../lib/inputs/field-problems";
import { DEFAULT_FILTERS, DEFAULT_PARSERS, FLUENT_BIT_INPUTS } from "../../../../lib/inputs/catalog/fargate-logging";
import { verdicts } from "../../../support/verdicts";

const { fargateLogFilters: filters, fargateLogParsers: parsers } = FLUENT_BIT_INPUTS;
const section = (heading: string, ...lines: string[]) =>
  [`[${heading}]`, ...lines.map((line) => `    ${line}`)].join("\n");
const GREP = section("FILTER", "Name grep", "Match *", "Exclude log /healthz/");
const JSON_PARSER = section("PARSER", "Name json", "Format json");
const told = (text: string, field = filters) =>
  fieldProblems("fargateLogFilters", text, field).map((it) => it.slice(it.indexOf(", but")));

describe("the sections of Fluent Bit that Fargate takes", () => {
  test.each([
    ["those that are there without others", DEFAULT_FILTERS, DEFAULT_PARSERS],
    ["one", GREP, JSON_PARSER],
    ["none", "", ""],
    [
      "several, with empty lines and comments",
      `# ours\n\n${GREP}\n\n  # theirs\n${GREP}\n`,
      `${JSON_PARSER}\n${JSON_PARSER}\n`,
    ],
    [
      "keys in any case, by tabs",
      "[FILTER]\n\tNAME\tKubernetes\n\tmatch_regex\tkube[.].*",
      "[PARSER]\n\tname\ta\n\tFORMAT\tregex",
    ],
  ])("may be %s", (_, filtered, parsed) => {
    const right = { typescript: true, terraform: true };
    expect([verdicts(filters, filtered), verdicts(parsers, parsed)]).toMatchObject([right, right]);
  });

  test.each([
    [
      "another section",
      `${GREP}\n${section("OUTPUT", "Name stdout", "Match *")}`,
      "but must be sections of Fluent Bit with the heading [FILTER]",
    ],
    ["an input", section("INPUT", "Name tail"), "EKS has its own [SERVICE] and [INPUT]"],
    ["keys without a section", "    Name grep\n    Match *", "with the heading [FILTER] at the beginning of a line"],
    ["keys that are not indented", "[FILTER]\nName grep\nMatch *", "each key below it indented"],
    ["a heading that is indented", `  ${GREP}`, "at the beginning of a line"],
    [
      "a filter that EKS does not run",
      section("FILTER", "Name lua", "Match *"),
      "a Name of grep, parser, record_modifier",
    ],
    [
      "a wrong filter after a right one",
      `${GREP}\n${section("FILTER", "Name greps", "Match *")}`,
      "EKS runs no other filters on Fargate",
    ],
    ["a section without Name", section("FILTER", "Match *", "Rename grep"), "each have a Match, and a Name"],
    ["a section without Match", section("FILTER", "Name grep", "Matches *"), "each have a Match, and a Name"],
    ["a variable", section("FILTER", "Name grep", "Match *", "Regex log ${WORD}"), "without environment variables"],
    [
      "what EKS sets itself",
      section("FILTER", "Name kubernetes", "Match *", "kube_url https://x"),
      "leave these keys out",
    ],
  ])("cannot have %s among the filters", (_, text, words) => {
    expect(verdicts(filters, text)).toMatchObject({ typescript: false, terraform: false });
    expect(told(text).join("\n")).toContain(words);
  });

  test.each([
    ["another section", GREP],
    ["a parser without a name", section("PARSER", "Format json")],
    ["a parser without a format", section("PARSER", "Name a", "Regex .*")],
    ["a variable", section("PARSER", "Name a", "Format ${FORMAT}")],
  ])("cannot have %s among the parsers", (_, text) => {
    expect(verdicts(parsers, text)).toMatchObject({ typescript: false, terraform: false });
  });

  test("say each mistake once, and what to do", () => {
    expect(told(section("FILTER", "Name lua", "Match *"))).toEqual([
      ", but must be [FILTER] sections that each have a Match, and a Name of grep, parser, record_modifier, rewrite_tag, throttle, " +
        "nest, modify, kubernetes; EKS runs no other filters on Fargate; correct that section, or leave it out",
    ]);
  });
});
