import type { Verdict } from "../../../cli/doctor/verdict";
import { check } from "../../../cli/doctor/check";
import type { Sources } from "../../../cli/doctor/sources";
import { error, exitCodeOf, ok, reportsAsText, summaryOf, unknown, warning } from "../../../cli/doctor/verdict";
import { NotAsked, Unreachable } from "../../../cli/kubernetes/unreachable";

const report = (...verdicts: readonly Verdict[]) => ({ check: "subnets", verdicts });
const sources = { ask: (question: () => unknown) => question() } as unknown as Sources;

describe("what the doctor says", () => {
  test.each([
    ["nothing but fine", [ok("a")], 0],
    ["a warning", [ok("a"), warning("b")], 0],
    ["something that could not be looked at", [warning("a"), unknown("b")], 2],
    ["an error", [unknown("a"), error("b")], 1],
  ])("ends for %s with the code of the worst", (_, verdicts, code) => {
    expect(exitCodeOf([report(ok("c")), report(...verdicts)])).toBe(code);
  });

  it("names each check once, and counts by the worst of each", () => {
    const reports = [report(ok("a"), warning("b")), report(unknown("c"))];
    expect(reportsAsText(reports)).toBe("subnets\n  ok       a\n  warning  b\n\nsubnets\n  unknown  c");
    expect(summaryOf(reports)).toBe("2 checks: 0 fine, 1 with a warning, 0 with an error, 1 not made");
  });

  test.each([
    ["AWS denies", Object.assign(new Error("no"), { name: "AccessDeniedException" }), "not allowed: no"],
    ["EC2 denies", Object.assign(new Error("no"), { name: "UnauthorizedOperation" }), "not allowed: no"],
    ["the cluster does not answer", new Unreachable("https://c does not answer"), "https://c does not answer"],
    ["anything else is wrong", new TypeError("x"), "TypeError: x"],
  ])("never says fine where %s", async (_, problem, reason) => {
    const made = check(
      "a",
      () => Promise.reject(problem),
      () => [ok("fine")],
    ).made(sources);
    expect(await made).toEqual({ check: "a", verdicts: [unknown(`could not be looked at: ${reason}`)] });
  });

  it("says nothing of what nobody wants looked at", async () => {
    const made = check(
      "a",
      () => Promise.reject(new NotAsked()),
      () => [ok("fine")],
    ).made(sources);
    expect(await made).toEqual({ check: "a", verdicts: [] });
  });
});
