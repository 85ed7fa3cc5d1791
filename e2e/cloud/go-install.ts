/** Programs that are built from Go sources: once per machine, into the user's cache folder. */
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";

import { cached, fingerprint } from "./cache";
import { runOrThrow } from "./run";
import { GO, requireTools } from "./tools";

/** How a program is built. */
export interface GoBuildOptions {
  /** Flags for Go's linker, beside the ones that leave out the debugger's tables. */
  readonly ldflags?: readonly string[];
  /** Other flags of `go build`, for a folder that holds several modules. */
  readonly flags?: readonly string[];
  readonly log?: (line: string) => void;
}

const BUILD_TIMEOUT_MS = 40 * 60_000;

/** The user's environment, with what would make a build depend on where it happens switched off. */
function goEnvironment(): NodeJS.ProcessEnv {
  const flags = [process.env.GOFLAGS, "-buildvcs=false"].filter(Boolean).join(" ");
  return { ...process.env, GOTOOLCHAIN: "auto", GOWORK: "off", GOFLAGS: flags };
}

/** The file name of a program on this system. */
function executable(name: string): string {
  return process.platform === "win32" ? `${name}.exe` : name;
}

/** The linker's flags: without the tables for debuggers, the programs are a third smaller. */
function linkerFlags(options: GoBuildOptions): string {
  return `-ldflags=${["-s", "-w", ...(options.ldflags ?? [])].join(" ")}`;
}

/** What a build depends on beside its sources. */
async function toolchain(go: string, cwd: string): Promise<string> {
  const found = await runOrThrow(go, ["env", "GOVERSION", "GOOS", "GOARCH", "GOFLAGS", "CGO_ENABLED"], {
    cwd,
    env: goEnvironment(),
  });
  return found.stdout;
}

/** Every file below the folder, with its content: the folder's state in one string. */
async function contents(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const found: string[] = [];
  for (const file of files.sort()) {
    found.push(relative(folder, file), await readFile(file, "base64"));
  }
  return found;
}

/** Builds the Go program in a folder of ours and returns its path. Built anew only when its sources or Go have changed. */
export async function goBuild(name: string, folder: string, options: GoBuildOptions = {}): Promise<string> {
  const [go] = requireTools([GO]) as [string];
  const flags = [...(options.flags ?? []), linkerFlags(options)];
  const key = fingerprint(...flags, await toolchain(go, folder), ...(await contents(folder)));
  const place = await cached(name, key, async (unfinished) => {
    options.log?.(`building ${name}, once per machine; this takes minutes`);
    await runOrThrow(go, ["build", ...flags, "-o", join(unfinished, executable(name)), "."], {
      cwd: folder,
      env: goEnvironment(),
      timeoutMs: BUILD_TIMEOUT_MS,
      log: options.log,
    });
  });
  return join(place, executable(name));
}

/** The name Go gives to the program of a package: its last path element that is no major version. */
function programName(path: string): string {
  const elements = path.split("/").filter((element) => !/^v\d+$/.test(element));
  return elements.at(-1) as string;
}

/** `go install` of a published program, for example `sigs.k8s.io/kwok/cmd/kwok@v0.8.0`. Returns its path. */
export async function goInstall(program: `${string}@v${string}`, options: GoBuildOptions = {}): Promise<string> {
  const [go] = requireTools([GO]) as [string];
  const [path, version] = program.split("@") as [string, string];
  const name = programName(path);
  const ldflags = linkerFlags(options);
  const key = fingerprint(program, ldflags, await toolchain(go, tmpdir()));
  const place = await cached(`${name}-${version}`, key, async (unfinished) => {
    options.log?.(`building ${name} ${version}, once per machine; this takes minutes`);
    // The folder is read by those who look for abandoned builds, so only the program may be in it in the end.
    const bin = join(unfinished, "bin");
    await mkdir(bin);
    await runOrThrow(go, ["install", ldflags, program], {
      cwd: tmpdir(),
      env: { ...goEnvironment(), GOBIN: bin },
      timeoutMs: BUILD_TIMEOUT_MS,
      log: options.log,
    });
    await rename(join(bin, executable(name)), join(unfinished, executable(name)));
  });
  return join(place, executable(name));
}

/** The folder with the sources of a Go module, downloaded if need be. Its files are read-only. */
export async function goModule(path: string, version: string): Promise<string> {
  const [go] = requireTools([GO]) as [string];
  const found = await runOrThrow(go, ["mod", "download", "-json", `${path}@${version}`], {
    cwd: tmpdir(),
    env: goEnvironment(),
  });
  return (JSON.parse(found.stdout) as { Dir: string }).Dir;
}

/**
 * Builds a program of a published module whose `go.mod` replaces other modules, which `go install` refuses: from a copy of
 * its sources. Returns its path.
 *
 * @param pkg the program's package, relative to the module, `./cmd/tofu`
 */
export async function goBuildModule(
  path: string,
  version: string,
  pkg: string,
  options: GoBuildOptions = {},
): Promise<string> {
  const [go] = requireTools([GO]) as [string];
  const name = basename(pkg);
  const ldflags = linkerFlags(options);
  const key = fingerprint(path, version, pkg, ldflags, await toolchain(go, tmpdir()));
  const place = await cached(`${name}-${version}`, key, async (unfinished) => {
    options.log?.(`building ${name} ${version}, once per machine; this takes minutes`);
    const sources = await mkdtemp(join(tmpdir(), `${name}-sources-`));
    try {
      await cp(await goModule(path, version), sources, { recursive: true });
      await runOrThrow(go, ["build", "-mod=mod", ldflags, "-o", join(unfinished, executable(name)), pkg], {
        cwd: sources,
        env: goEnvironment(),
        timeoutMs: BUILD_TIMEOUT_MS,
        log: options.log,
      });
    } finally {
      await rm(sources, { recursive: true, force: true });
    }
  });
  return join(place, executable(name));
}
