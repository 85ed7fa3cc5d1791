/** What surrounds the local AWS: its installation, the programs it needs, and that it never outlives its user. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cached, cacheRoot, fingerprint } from "./cloud/cache";
import { LocalAws } from "./cloud/local-aws";
import { parsePolicy, policySize } from "./cloud/policy-document";
import { cliConfig, cliConfigEnv, findMirrors, PLATFORM } from "./cloud/provider-mirror";
import { CommandError, run, runOrThrow } from "./cloud/run";
import { atLeast, requireTools } from "./cloud/tools";

describe("the cache", () => {
  const before = process.env.XDG_CACHE_HOME;
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "harness-test-"));
    process.env.XDG_CACHE_HOME = home;
  });

  afterEach(async () => {
    if (before === undefined) {
      delete process.env.XDG_CACHE_HOME;
    } else {
      process.env.XDG_CACHE_HOME = before;
    }
    await rm(home, { recursive: true, force: true });
  });

  it("lies in the user's cache folder", () => {
    expect(cacheRoot()).toBe(join(home, "cdktf-karpenter"));
    expect(cacheRoot({ XDG_CACHE_HOME: "relative" })).toMatch(/\.cache\/cdktf-karpenter$/);
  });

  it("builds a part once, also when two ask for it at the same time", async () => {
    let builds = 0;
    const part = (): Promise<string> =>
      cached("part", "key", async (folder) => {
        builds++;
        await writeFile(join(folder, "file"), "whole");
      });
    const [first, second] = await Promise.all([part(), part()]);
    expect(first).toBe(second);
    const built = builds;
    expect(await readFile(join(await part(), "file"), "utf8")).toBe("whole");
    expect(builds).toBe(built);
    expect(await readdir(cacheRoot())).toEqual(["part-key"]);
  });

  it("keeps nothing of a build that failed", async () => {
    const broken = cached("part", "key", async (folder) => {
      await writeFile(join(folder, "file"), "half");
      throw new Error("no network");
    });
    await expect(broken).rejects.toThrow("no network");
    expect(await readdir(cacheRoot())).toEqual([]);
  });

  it("has another key for other inputs", () => {
    expect(fingerprint("ab", "c")).not.toBe(fingerprint("a", "bc"));
    expect(fingerprint("a")).toBe(fingerprint("a"));
  });

  it("gives OpenTofu the mirrored providers under its own host name", async () => {
    const mirror = join(home, "mirror");
    const platforms = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];
    for (const platform of platforms) {
      await mkdir(join(mirror, "registry.terraform.io/acme/thing/1.2.3", platform), { recursive: true });
    }
    const plain = await readFile((await cliConfigEnv({ mirrors: [mirror] })).TF_CLI_CONFIG_FILE as string, "utf8");
    expect(plain).toContain(`path    = "${mirror}"\n    include = ["registry.terraform.io/acme/thing"]`);
    const tofu = await readFile(
      (await cliConfigEnv({ mirrors: [mirror], tofu: true })).TF_CLI_CONFIG_FILE as string,
      "utf8",
    );
    const links = /path {4}= "(.*)"/.exec(tofu)?.[1] as string;
    expect(tofu).toMatch(/exclude = \[.*"registry\.opentofu\.org\/acme\/thing"/);
    const ofThisMachine = join("1.2.3", PLATFORM);
    expect(await realpath(join(links, "registry.opentofu.org/acme/thing", ofThisMachine))).toBe(
      await realpath(join(mirror, "registry.terraform.io/acme/thing", ofThisMachine)),
    );
    await expect(cliConfigEnv({ mirrors: [home] })).rejects.toThrow(/is no provider mirror/);
  });
});

describe("provider mirrors", () => {
  it("are not needed", () => {
    expect(findMirrors([join(tmpdir(), "there is no such folder")])).toEqual([]);
    expect(cliConfig([])).toMatch(/direct \{\n {4}exclude = \[\]/);
  });
});

describe("programs", () => {
  it("that are missing are all named at once, with their purpose and where to get them", () => {
    const look = (): unknown => requireTools(undefined, { PATH: "" });
    expect(look).toThrow(
      /python3 3\.10 or newer is needed to run the emulated AWS[\s\S]*terraform 1\.5\.7 or newer is needed to apply/,
    );
    expect(look).toThrow(/https:\/\/www\.python\.org[\s\S]*https:\/\/developer\.hashicorp\.com/);
  });

  it("are compared by number", () => {
    expect(atLeast("1.11.4", "1.5.7")).toBe(true);
    expect(atLeast("3.9", "3.10")).toBe(false);
    expect(atLeast("3.10.0", "3.10")).toBe(true);
  });

  it("that fail are reported with all they said", async () => {
    const failing = runOrThrow(process.execPath, ["-e", "console.log('out'); console.error('err'); process.exit(3)"]);
    await expect(failing).rejects.toThrow(CommandError);
    await expect(failing).rejects.toThrow(/exit code 3\nerr\n\nout/);
  });

  it("that hang are ended", async () => {
    const result = await run(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { timeoutMs: 300 });
    expect(result).toMatchObject({ code: 128, stderr: expect.stringContaining("longer than 300 ms") as string });
  });
});

describe("policy documents", () => {
  const text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "a:B"}}';

  it("are read with or without URL encoding", () => {
    const expected = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { "*": ["*"] }, Action: ["a:B"] }],
    };
    expect(parsePolicy(text)).toEqual(expected);
    expect(parsePolicy(encodeURIComponent(text))).toEqual(expected);
  });

  it("are measured without white space", () => {
    expect(policySize(text)).toBe(JSON.stringify(JSON.parse(text)).length);
  });
});

describe("the server", () => {
  const runs = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  const gone = async (pid: number): Promise<boolean> => {
    for (let i = 0; i < 100 && runs(pid); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return !runs(pid);
  };

  it("is gone after stop()", async () => {
    const aws = await LocalAws.start();
    const pid = aws.pid as number;
    expect(runs(pid)).toBe(true);
    await aws.stop();
    await aws.stop();
    expect(runs(pid)).toBe(false);
    await expect(fetch(aws.endpoint)).rejects.toThrow();
  });

  it.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("is gone after its user got %s", async (signal) => {
    const script = join(__dirname, "fixtures/hold-aws.ts");
    const user = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "inherit"] });
    const line = await new Promise<string>((resolve, reject) => {
      user.stdout.setEncoding("utf8").once("data", resolve);
      user.once("exit", () => reject(new Error("it ended before it printed anything")));
    });
    const { pid } = JSON.parse(line) as { pid: number };
    expect(runs(pid)).toBe(true);
    user.kill(signal);
    expect(await gone(pid)).toBe(true);
  });

  it("finds its installation again", async () => {
    await (await LocalAws.start()).stop();
    const lines: string[] = [];
    await (await LocalAws.start({ log: (line) => lines.push(line) })).stop();
    expect(lines.join("\n")).not.toContain("installing");
    expect(existsSync(cacheRoot())).toBe(true);
  });
});
