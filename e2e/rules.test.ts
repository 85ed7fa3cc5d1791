/**
 * The rules on NodePools, EC2NodeClasses, NodeOverlays and CapacityBuffers, held against the API server with the definitions of
 * each line, and against the controllers of two: what we refuse, they refuse, and at the same field; what we accept,
 * they accept.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { agreement, type Result, table } from "./rules/agreement";
import { CORPUS, KINDS } from "./rules/corpus";
import { RELEASES } from "./rules/definitions";
import { OLDER_RELEASES } from "./rules/older-agreement";
import { rulesOf } from "./rules/rules-of";
import { SCHEMAS } from "./rules/verdicts";

const PAGE = join(__dirname, "..", "docs", "agreement.md");
const PLACE = /(?<=<!-- table -->\n\n)[^]*?(?=\n\n<!-- \/table -->)/;

describe("the rules on objects", () => {
  let results: readonly Result[];

  beforeAll(async () => {
    results = await agreement();
  });

  it("are held against many objects of each kind", () => {
    const count = (kind: string) => CORPUS.filter((item) => item.kind === kind).length;
    expect(CORPUS.length).toBeGreaterThan(600);
    expect(KINDS.filter((kind) => count(kind) < 200)).toEqual([]);
  });

  it.each([...OLDER_RELEASES, ...RELEASES])(
    "are those of the API server and the controller with Karpenter $release",
    (release) => {
      const disagreements = results
        .filter((result) => result.release === release && result.outcome === "disagreement")
        .map(({ subject, ours, theirs }) => ({
          object: `${subject.kind} ${subject.title}`,
          input: subject.input,
          ours: ours.map(({ sentence }) => sentence),
          theirs: theirs.map(({ path, message }) => `${path}: ${message}`),
        }));
      expect(disagreements).toEqual([]);
    },
  );

  it("are broken in at least three ways each", () => {
    const ways = new Map<object, Set<unknown>>();
    for (const { subject, ours } of results.filter((result) => !result.subject.isManifest)) {
      for (const { broken } of ours) {
        ways.set(broken, (ways.get(broken) ?? new Set()).add(subject));
      }
    }
    const all = KINDS.flatMap((kind) => [...rulesOf(SCHEMAS[kind], kind)]);
    expect(all.length).toBeGreaterThan(150);
    expect(all.filter(([rule]) => (ways.get(rule)?.size ?? 0) < 3).map(([, name]) => name)).toEqual([]);
  });

  it("agree as docs/agreement.md says", async () => {
    const found = table(results);
    process.stdout.write(`${found}\n`);
    const page = await readFile(PAGE, "utf8");
    if (process.env.AGREEMENT === "write") {
      await writeFile(PAGE, page.replace(PLACE, found));
    } else {
      expect(PLACE.exec(page)?.[0]).toBe(found);
    }
  });
});
