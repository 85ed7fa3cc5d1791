import { TerraformOutput } from "cdktf";
import { CONFIG_MAP_SIZE } from "../../../lib/inputs/catalog/fargate-logging";
import type { FargateLoggingProps } from "../../../lib/kubernetes/fargate-logging";
import { FargateLogging } from "../../../lib/kubernetes/fargate-logging";
import { evaluate } from "../../support/hcl";
import { problemsOf, synth } from "../../support/stack";
import { variable } from "../../support/tokens";
import { decodeValues } from "./on-cluster";

const PROPS: FargateLoggingProps = {
  region: "eu-north-1",
  fargateLogGroupName: "/aws/eks/prod/fargate",
  fargateLoggingChart: "./chart",
};
const OUTPUT = `[OUTPUT]
    Name cloudwatch_logs
    Match *
    region eu-north-1
    log_group_name /aws/eks/prod/fargate
    log_stream_prefix fargate-
    auto_create_group false
`;
const FILTERS = "[FILTER]\n    Name grep\n    Match *\n    Exclude log /healthz/\n";

const release = (props: Partial<FargateLoggingProps> = {}) =>
  synth((stack) => new FargateLogging(stack, "logging", { ...PROPS, ...props })).resource("helm_release", "logging");
const dataOf = (props: Partial<FargateLoggingProps> = {}, scope = {}) =>
  (decodeValues((release(props).values as string[])[0], scope) as { data: Record<string, string> }).data;

describe("FargateLogging", () => {
  test("is a release that takes nothing over, in a namespace that every cluster has", () => {
    const { values, ...rest } = release();
    expect(values).toHaveLength(1);
    expect(rest).toEqual({
      name: "karpenter-fargate-logging",
      namespace: "kube-system",
      chart: "./chart",
      max_history: 10,
    });
  });

  test("sends everything to the log group, which Fluent Bit must not make", () => {
    expect(dataOf()).toMatchObject({ "output.conf": OUTPUT, flb_log_cw: "false" });
  });

  test("takes lines apart and names their pod, unless one has filters of one's own", () => {
    expect(dataOf()["filters.conf"]).toContain("Name kubernetes");
    expect(dataOf()["parsers.conf"]).toContain("Name crio");
    expect(dataOf({ fargateLogFilters: FILTERS, fargateLogParsers: "" })).toMatchObject({
      "filters.conf": FILTERS,
      "parsers.conf": "",
    });
  });

  test.each([
    [null, "Name kubernetes"],
    ["", ""],
    [FILTERS, FILTERS],
  ])("takes filters that Terraform alone knows, %j", (fargate_log_filters, words) => {
    const filters = dataOf({ fargateLogFilters: variable("filters") }, { var: { filters: fargate_log_filters } })[
      "filters.conf"
    ];
    expect(words === "" ? [filters] : filters).toEqual(words === "" ? [""] : expect.stringContaining(words));
  });

  test("leaves room for what it writes itself, however long the name of the log group is", () => {
    const own = { ...dataOf({ fargateLogGroupName: "n".repeat(512), region: "us-gov-northwest-1" }) };
    delete own["filters.conf"];
    delete own["parsers.conf"];
    const names = "filters.confparsers.conf".length;
    expect(Object.entries(own).flat().join("").length + names).toBeLessThanOrEqual(CONFIG_MAP_SIZE.own);
  });

  test("has pods made anew that it changes something for", () => {
    const mark = (props: Partial<FargateLoggingProps> = {}) => {
      const synthesized = synth((stack) => {
        const { podAnnotations } = new FargateLogging(stack, "logging", { ...PROPS, ...props });
        new TerraformOutput(stack, "mark", { value: podAnnotations["cdktf-karpenter/fargate-logging"] });
      });
      return evaluate(String(synthesized.output("mark")));
    };
    expect(mark()).toMatch(/^[0-9a-f]{64}$/);
    expect(mark({ helmMaxHistory: 3 })).toBe(mark());
    const changed = [{ fargateLogFilters: FILTERS }, { fargateLogParsers: "" }, { fargateLogGroupName: "b" }].map(mark);
    expect(new Set([mark(), ...changed]).size).toBe(4);
  });

  test("is there once in a cluster", () => {
    const problems = problemsOf((stack) => {
      new FargateLogging(stack, "one", PROPS);
      new FargateLogging(stack, "two", PROPS);
    });
    expect(problems).toEqual([expect.stringContaining("a cluster has one log router")]);
  });
});
