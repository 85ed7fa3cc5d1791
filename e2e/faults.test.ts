/** Faults on the way to AWS: a few of those that `npm run soak` makes by the hundred, and two that it leaves out. */
import { type Fault } from "./faults/fault";
import { Installation, type Phase, type Reference, variablesOf } from "./faults/installation";
import { importing, type Outcome, tried, trialsOf, verify } from "./faults/trial";

const SEED = 1;

describe("a fault on the way to AWS", () => {
  let installation: Installation;
  let references: Readonly<Record<Phase, Reference>>;

  beforeAll(async () => {
    installation = await Installation.open(["http"]);
    references = await installation.reference();
  });

  afterAll(() => installation?.close());

  const run = (phase: Phase, kind: Fault["kind"], at: (key: string) => boolean): Promise<Outcome> => {
    const key = references[phase].seen.keys.find(at) ?? "no such call";
    const trial = { seed: SEED, phase, backend: "http", fault: { kind, at: key, length: "once" } } as const;
    return tried(installation, trial, references[phase]);
  };

  it("is the same for the same seed", () => {
    expect(trialsOf(SEED, references)).toEqual(trialsOf(SEED, references));
    expect(trialsOf(SEED, references)).not.toEqual(trialsOf(SEED + 1, references));
  });

  it("is not there for the user, where EKS does not see a new role yet", async () => {
    const outcome = await run("apply", "role not seen yet", (key) => key.includes("POST access-entries"));
    expect(outcome).toMatchObject({ hits: 3, by: "retries of the provider" });
  });

  it("is mended by import, where the state is lost: nothing is made twice", async () => {
    await installation.loseState("http");
    const refused = await installation.root("http").terraform.attempt("apply", variablesOf("apply"));
    expect(refused.stderr).toContain("already exists");
    // Three roles, an instance profile, an access entry and a Fargate profile: SQS has given the same queue once more.
    expect(await importing(installation, "http", "apply")).toBe(6);
    await verify(installation, { phase: "apply", backend: "http" }, references.apply);
  });

  it("is mended by what import names, where credentials expire while the new Fargate profile is waited for", async () => {
    const isNew = (key: string): boolean =>
      key.includes("GET fargate-profiles") && !references.apply.seen.keys.includes(key);
    expect(await run("change", "credentials expired", isNew)).toMatchObject({ by: "import", imported: 1 });
  });

  it("leaves nothing behind at a destroy that is killed and runs again", async () => {
    const outcome = await run("destroy", "killed after", (key) => key === "iam DeleteRole prod-karpenter-node");
    expect(outcome.by).toBe("the same command");
  });
});
