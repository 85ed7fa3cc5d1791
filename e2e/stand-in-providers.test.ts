/** The helm and kubernetes providers that the scenarios get: against a real cluster, whether real or stand-ins of ours. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { ControlPlane } from "./cloud/control-plane";
import { addFargateNodes } from "./cloud/fargate";
import { helm } from "./cloud/helm-cli";
import type { KubeObject } from "./cloud/kube-client";
import { Kwok } from "./cloud/kwok";
import { neutralEnvironment } from "./cloud/local-aws";
import { cliConfigEnv } from "./cloud/provider-mirror";
import { run, runOrThrow } from "./cloud/run";
import { missingProviders, REAL_PROVIDERS, standInMirror, type StandInMirror } from "./cloud/stand-in-providers";
import { Terraform } from "./cloud/terraform";
import { requireTools, TERRAFORM } from "./cloud/tools";

const ALL_ARGUMENTS = join(__dirname, "fixtures", "stand-in-providers", "all-arguments.tf");

const log = process.env.E2E_LOG ? (line: string) => process.stderr.write(`${line}\n`) : undefined;

let providers: StandInMirror;
const folders: string[] = [];
const roots: Root[] = [];

/** A Terraform root with this configuration; writing another one and applying it is what a user does. */
class Root {
  private constructor(
    readonly terraform: Terraform,
    readonly folder: string,
  ) {}

  static async with(configuration: object, env: Record<string, string> = {}): Promise<Root> {
    const folder = await temporary();
    const mirrors = providers.mirror === undefined ? [] : [providers.mirror];
    const root = new Root(await Terraform.in({ folder, mirrors, env, timeoutMs: 120_000, log }), folder);
    roots.push(root);
    await root.write(configuration);
    await root.terraform.init();
    return root;
  }

  /** Replaces everything but the providers. */
  async write(configuration: object): Promise<void> {
    const terraform = {
      required_providers: {
        helm: { source: "hashicorp/helm", version: ">= 3.1" },
        kubernetes: { source: "hashicorp/kubernetes", version: ">= 2.38" },
      },
    };
    await writeFile(join(this.folder, "main.tf.json"), JSON.stringify({ terraform, ...configuration }));
  }

  /** The actions that a plan has for a resource. */
  async planned(address: string): Promise<readonly string[] | undefined> {
    const plan = await this.terraform.plan();
    return plan.json.resource_changes?.find((resource) => resource.address === address)?.change.actions;
  }
}

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stand-in-providers-test-"));
  folders.push(folder);
  return folder;
}

beforeAll(async () => {
  providers = await standInMirror();
});

afterAll(async () => {
  await Promise.all(roots.map(({ terraform }) => terraform.close()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describe("the choice between real providers and stand-ins", () => {
  const names = (missing: ReturnType<typeof missingProviders>): string[] => missing.map(({ name }) => name);

  it("takes a real provider from an installed mirror", () => {
    const mirror = { folder: "/mirror", providers: ["registry.terraform.io/hashicorp/helm"] };
    expect(names(missingProviders([mirror], {}))).toEqual(["hashicorp/kubernetes"]);
    expect(names(missingProviders([], {}))).toEqual(["hashicorp/helm", "hashicorp/kubernetes"]);
  });

  it("takes all from the registry when the user says that it can be reached", () => {
    expect(missingProviders([], { [REAL_PROVIDERS]: "1" })).toEqual([]);
  });

  it("names the stand-ins", () => {
    expect(providers.standIns).toEqual(missingProviders().map(({ name, version }) => `${name} ${version}`));
    expect(providers.mirror === undefined).toBe(providers.standIns.length === 0);
  });
});

describe("the schemas", () => {
  interface Schema {
    readonly attributes?: Readonly<Record<string, Attribute>>;
    readonly block_types?: Readonly<Record<string, { block: Schema; max_items?: number; min_items?: number }>>;
  }
  interface Attribute {
    readonly required?: boolean;
    readonly optional?: boolean;
    readonly type?: unknown;
    readonly nested_type?: { readonly attributes: Readonly<Record<string, Attribute>>; readonly nesting_mode: string };
  }
  type Arguments = Map<string, { readonly required: boolean; readonly type: string }>;

  let schemas: Record<string, Record<string, Record<string, { block: Schema }>>>;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = await temporary();
    await cp(ALL_ARGUMENTS, join(folder, "main.tf"));
    const mirrors = providers.mirror === undefined ? [] : [providers.mirror];
    env = { ...neutralEnvironment(), ...(await cliConfigEnv({ mirrors })) };
    const [terraform] = requireTools([TERRAFORM]) as [string];
    await runOrThrow(terraform, ["init", "-no-color"], { cwd: folder, env });
    const printed = await runOrThrow(terraform, ["providers", "schema", "-json"], { cwd: folder, env });
    const { provider_schemas } = JSON.parse(printed.stdout) as { provider_schemas: Record<string, never> };
    schemas = Object.fromEntries(
      Object.entries(provider_schemas).map(([name, schema]) => [name.split("/").pop() as string, schema]),
    );
  });

  /** The interfaces that the bindings have for a resource, by their names: the real provider's arguments. */
  async function bindings(provider: string, type: string): Promise<Map<string, Arguments>> {
    const found = new Map<string, Arguments>();
    const place = join(dirname(require.resolve(`@cdktf/provider-${provider}/package.json`)), "lib", type);
    for (const entry of await readdir(place, { recursive: true })) {
      if (!entry.endsWith(".d.ts")) {
        continue;
      }
      const text = (await readFile(join(place, entry), "utf8")).replace(/\/\*\*[^]*?\*\//g, "");
      for (const [, name, body] of text.matchAll(/^export interface (\w+)(?: extends [\w.]+)? \{\n([^]*?)^\}/gm)) {
        found.set(
          name as string,
          new Map(
            [...(body as string).matchAll(/^ {4}readonly (\w+)(\??): (.*?)(?: \| cdktf\.IResolvable)?;?$/gm)].map(
              ([, argument, mark, typed]) => [argument as string, { required: mark === "", type: typed as string }],
            ),
          ),
        );
      }
    }
    return found;
  }

  const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

  /** What a schema lets a user write, in the words of the bindings; lists of blocks have `[]` behind their name. */
  function written(schema: Schema, prefix = ""): string[] {
    const lines: string[] = [];
    for (const [name, attribute] of Object.entries(schema.attributes ?? {})) {
      if (!attribute.optional && !attribute.required) {
        continue;
      }
      const path = `${prefix}${camelCase(name)}`;
      lines.push(path + (attribute.required ? "!" : ""));
      const several = attribute.nested_type?.nesting_mode === "list" ? "[]" : "";
      if (attribute.nested_type) {
        lines.push(...written(attribute.nested_type, `${path}${several}.`));
      }
      // A block that the provider may fill in is a list of objects to Terraform.
      const [list, [object, members] = []] = (Array.isArray(attribute.type) ? attribute.type : []) as [
        string?,
        [string, object]?,
      ];
      if (list === "list" && object === "object") {
        for (const member of Object.keys(members ?? {})) {
          lines.push(`${path}.${camelCase(member)}`);
        }
      }
    }
    for (const [name, nested] of Object.entries(schema.block_types ?? {})) {
      const path = `${prefix}${camelCase(name)}`;
      lines.push(path + (nested.min_items ? "!" : ""));
      const single = nested.max_items === 1 || name === "timeouts";
      lines.push(...written(nested.block, `${path}${single ? "" : "[]"}.`));
    }
    return lines;
  }

  /** The same of the bindings. */
  function real(all: Map<string, Arguments>, name: string, prefix = ""): string[] {
    return [...(all.get(name) as Arguments)].flatMap(([argument, { required, type }]) => {
      const [, nested, several] = /^(\w+)(\[\])?$/.exec(type) ?? [];
      const path = `${prefix}${argument}`;
      const inner = nested !== undefined && all.has(nested) ? real(all, nested, `${path}${several ?? ""}.`) : [];
      return [path + (required ? "!" : ""), ...inner];
    });
  }

  const unmarked = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/!$/, ""));

  it("let everything be written that the fixture has", async () => {
    const [terraform] = requireTools([TERRAFORM]) as [string];
    const { code, stderr } = await run(terraform, ["validate", "-no-color"], { cwd: folder, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("have all arguments of a release and no others", async () => {
    const release = schemas.helm?.resource_schemas?.helm_release?.block as Schema;
    const all = await bindings("helm", "release");
    expect(written(release).sort()).toEqual(real(all, "ReleaseConfig").sort());
  });

  it.each([
    ["helm", "HelmProviderConfig"],
    ["kubernetes", "KubernetesProviderConfig"],
  ])("have all arguments of the provider %s", async (provider, name) => {
    const { block } = schemas[provider]?.provider as unknown as { block: Schema };
    const expected = real(await bindings(provider, "provider"), name).filter((line) => line !== "alias");
    // The bindings say `exec[]` of blocks of which the provider itself takes one.
    const plain = (lines: readonly string[]): string[] => lines.map((line) => line.replace("[]", "")).sort();
    expect(plain(written(block))).toEqual(plain(expected));
  });

  it.each([
    ["config_map_v1", "ConfigMapV1Config"],
    ["namespace_v1", "NamespaceV1Config"],
  ])("have all arguments of kubernetes_%s and no others", async (type, name) => {
    const schema = schemas.kubernetes?.resource_schemas?.[`kubernetes_${type}`]?.block as Schema;
    const all = await bindings("kubernetes", type.replace(/_/g, "-"));
    expect(written(schema).sort()).toEqual(real(all, name).sort());
  });

  it("have no arguments of a deployment that the real provider lacks", async () => {
    const schema = schemas.kubernetes?.resource_schemas?.kubernetes_deployment_v1?.block as Schema;
    const all = real(await bindings("kubernetes", "deployment-v1"), "DeploymentV1Config");
    const [ours, theirs] = [written(schema), new Set(all)];
    const known = new Set(unmarked(all));
    // Inside a block that the provider may fill in, Terraform does not tell which arguments are required.
    const filledIn = /\.(strategy|resources|imagePullSecrets|readinessGate)\./;
    expect(ours.filter((line) => !theirs.has(line) && !(filledIn.test(line) && known.has(line)))).toEqual([]);
    expect(ours.length).toBeGreaterThan(200);
  });
});

describe("on a cluster", () => {
  let kube: ControlPlane;
  let kwok: Kwok;
  const configMap = (namespace: string, name: string) => ({ apiVersion: "v1", kind: "ConfigMap", namespace, name });
  const provider = (): object => ({
    helm: { kubernetes: { config_path: kube.kubeconfig } },
    kubernetes: { config_path: kube.kubeconfig },
  });

  beforeAll(async () => {
    kube = await ControlPlane.start();
    kwok = await Kwok.start(kube);
  }, 180_000);

  afterAll(async () => {
    await kwok?.stop();
    await kube?.stop();
  });

  describe("a release", () => {
    let chart: string;
    const resource = (release: object): object => ({
      provider: provider(),
      resource: { helm_release: { demo: { name: "demo", chart, ...release } } },
    });

    /** A chart with one config map, which has a finalizer if its values say so. */
    async function writeChart(folder: string, version: string): Promise<string> {
      await mkdir(join(folder, "templates"), { recursive: true });
      await writeFile(
        join(folder, "Chart.yaml"),
        JSON.stringify({ apiVersion: "v2", name: "demo", version, appVersion: `app-${version}` }),
      );
      await writeFile(join(folder, "values.yaml"), JSON.stringify({ text: "of the chart", finalizer: false }));
      await writeFile(
        join(folder, "templates", "config-map.yaml"),
        `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  {{- if .Values.finalizer }}
  finalizers: [example.com/held]
  {{- end }}
data:
  text: {{ .Values.text | quote }}
  version: {{ .Chart.Version | quote }}
`,
      );
      return folder;
    }

    beforeEach(async () => (chart = await writeChart(await temporary(), "1.0.0")));

    it("is installed, planned empty, upgraded and imported, and removed", async () => {
      const values = (text: string): object => ({
        namespace: "made",
        create_namespace: true,
        values: [`text: ${text}`],
      });
      const root = await Root.with(resource(values("one")));
      const started = Date.now();
      await root.terraform.apply();
      expect(Date.now() - started).toBeLessThan(30_000);
      expect((await kube.get(configMap("made", "demo"))).data).toEqual({ text: "one", version: "1.0.0" });
      expect(await root.terraform.isPlanEmpty()).toBe(true);

      await root.write(resource({ ...values("two"), set: [{ name: "unused", value: "1" }] }));
      expect(await root.planned("helm_release.demo")).toEqual(["update"]);
      await root.terraform.apply();
      expect((await kube.get(configMap("made", "demo"))).data.text).toBe("two");

      // A chart that changes at its place is noticed, and so is a version that the chart does not have.
      await writeChart(chart, "1.1.0");
      expect(await root.planned("helm_release.demo")).toEqual(["update"]);
      await root.write(resource({ ...values("two"), version: "1.0.0" }));
      expect(await root.terraform.planErrors()).toContain("Planned version is different from configured version");
      await root.write({
        ...resource({ ...values("two"), version: "1.1.0" }),
        output: {
          metadata: { value: "${helm_release.demo.metadata}" },
          status: { value: "${helm_release.demo.status}" },
        },
      });
      await root.terraform.apply();
      expect((await kube.get(configMap("made", "demo"))).data.version).toBe("1.1.0");
      const { metadata, status } = await root.terraform.output();
      expect(status).toBe("deployed");
      expect(metadata).toMatchObject({ revision: 3, version: "1.1.0", app_version: "app-1.1.0", namespace: "made" });
      expect(JSON.parse((metadata as { values: string }).values)).toEqual({ text: "two" });
      expect(await root.terraform.isPlanEmpty()).toBe(true);

      const other = await Root.with({
        ...resource(values("two")),
        import: [{ to: "helm_release.demo", id: "made/demo" }],
      });
      await other.terraform.apply();
      expect(await other.terraform.isPlanEmpty()).toBe(true);

      await root.terraform.destroy();
      expect(await kube.find(configMap("made", "demo"))).toBeUndefined();
      expect(await kube.find({ apiVersion: "v1", kind: "Namespace", name: "made" })).toBeDefined();
    });

    it("that was removed behind Terraform's back is planned anew", async () => {
      const root = await Root.with(resource({}));
      await root.terraform.apply();
      await helm(["uninstall", "demo", "--wait"], { kubeconfig: kube.kubeconfig });
      expect(await root.planned("helm_release.demo")).toEqual(["create"]);
      await root.terraform.apply();
      expect(await kube.find(configMap("default", "demo"))).toBeDefined();
      await root.terraform.destroy();
    });

    it("adopts an object that was made by hand only when it is told to", async () => {
      const byHand: KubeObject = {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "demo", namespace: "default" },
      };
      await kube.apply({ ...byHand, data: { text: "by hand" } });
      const root = await Root.with(resource({}));
      expect(await root.terraform.applyErrors()).toContain("cannot be imported into the current release");
      await root.write(resource({ take_ownership: true }));
      await root.terraform.apply();
      const found = await kube.get(configMap("default", "demo"));
      expect(found.data.text).toBe("of the chart");
      expect(found.metadata.annotations).toMatchObject({ "meta.helm.sh/release-name": "demo" });
      await root.terraform.destroy();
    });

    it("is gone only when the finalizers of its objects are, or its time is over", async () => {
      const held = { values: ["finalizer: true"], wait: true };
      const release = (): Promise<unknown> =>
        kube.patch(configMap("default", "demo"), { metadata: { finalizers: null } });
      const root = await Root.with(resource({ ...held, timeout: 60 }));
      await root.terraform.apply();
      const started = Date.now();
      const destroyed = root.terraform.destroy();
      await kube.waitFor("the removal to begin", async () =>
        Boolean((await kube.get(configMap("default", "demo"))).metadata.deletionTimestamp),
      );
      setTimeout(() => void release(), 3_000);
      await destroyed;
      expect(Date.now() - started).toBeGreaterThan(3_000);
      expect(await kube.find(configMap("default", "demo"))).toBeUndefined();

      await root.write(resource({ ...held, timeout: 2 }));
      await root.terraform.apply();
      await root.write({ provider: provider() });
      const message = await root.terraform.applyErrors();
      expect(message).toContain("Unable to uninstall Helm release demo");
      expect(message).toMatch(/context deadline exceeded|timed out/);
      await release();
    });

    it("takes values of every kind in their order, and keeps the sensitive ones to itself", async () => {
      await writeFile(join(chart, "templates", "config-map.yaml"), VALUES_TEMPLATE);
      const root = await Root.with({
        ...resource({
          values: ["a: 1\nb: {c: 1, d: 1}", "b: {d: 2}"],
          set: [
            { name: "e", value: "7" },
            { name: "f", value: "7", type: "string" },
            { name: "g", value: "[1, {h: x}]", type: "literal" },
          ],
          set_list: [{ name: "i", value: ["x", "y"] }],
          set_sensitive: [{ name: "b.secret", value: "hush" }],
        }),
        output: { values: { value: "${helm_release.demo.metadata.values}" } },
      });
      await root.terraform.apply();
      const rendered = JSON.parse((await kube.get(configMap("default", "demo"))).data.values as string) as object;
      expect(rendered).toMatchObject({
        a: 1,
        b: { c: 1, d: 2, secret: "hush" },
        e: 7,
        f: "7",
        g: [1, { h: "x" }],
        i: ["x", "y"],
      });
      const { values } = await root.terraform.output();
      expect(JSON.parse(values as string)).toMatchObject({ b: { c: 1, d: 2, secret: "(sensitive value)" } });
      expect(await root.terraform.isPlanEmpty()).toBe(true);
      await root.terraform.destroy();
    });

    it("is planned before its cluster is known, with values that are not known either", async () => {
      const root = await Root.with({
        resource: {
          terraform_data: { cluster: { input: kube.kubeconfig }, text: { input: "late" } },
          helm_release: { demo: { name: "demo", chart, values: ["text: ${terraform_data.text.output}"] } },
        },
        provider: { helm: { kubernetes: { config_path: "${terraform_data.cluster.output}" } } },
      });
      expect(await root.planned("helm_release.demo")).toEqual(["create"]);
      await root.terraform.apply();
      expect((await kube.get(configMap("default", "demo"))).data.text).toBe("late");
      expect(await root.terraform.isPlanEmpty()).toBe(true);
      await root.terraform.destroy();
    });

    it("comes in the version that is asked for out of a repository", async () => {
      const repository = await temporary();
      for (const version of ["1.0.0", "1.1.0", "2.0.0-rc.1"]) {
        await helm(["package", await writeChart(chart, version), "--destination", repository]);
      }
      const server = createServer((request, response) => {
        readFile(join(repository, basename(request.url ?? ""))).then(
          (file) => response.end(file),
          () => response.writeHead(404).end(),
        );
      });
      const port = await new Promise<number>((resolve) =>
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
      );
      try {
        const url = `http://127.0.0.1:${port}`;
        await helm(["repo", "index", repository, "--url", url]);
        const places = {
          repository_cache: join(repository, "cache"),
          repository_config_path: join(repository, "r.yaml"),
        };
        const of = (version?: string): object => ({
          provider: { helm: { ...places, kubernetes: { config_path: kube.kubeconfig } } },
          resource: { helm_release: { demo: { name: "demo", chart: "demo", repository: url, version } } },
        });
        const installed = async (): Promise<unknown> => (await kube.get(configMap("default", "demo"))).data.version;
        const root = await Root.with(of("1.0.0"));
        await root.terraform.apply();
        expect(await installed()).toBe("1.0.0");
        await root.write(of("1.1.0"));
        expect(await root.planned("helm_release.demo")).toEqual(["update"]);
        await root.terraform.apply();
        expect(await installed()).toBe("1.1.0");
        await root.write(of()); // The newest that is no preview.
        expect(await root.terraform.isPlanEmpty()).toBe(true);
        await root.terraform.destroy();
      } finally {
        server.close();
      }
    });

    it("tells at plan that its chart is not there, and at apply that its cluster is not", async () => {
      const root = await Root.with(resource({ chart: "./nowhere" }));
      expect(await root.terraform.planErrors()).toContain("Unable to locate chart ./nowhere");
      await root.write({ ...resource({}), provider: { helm: { kubernetes: { host: "https://127.0.0.1:1" } } } });
      expect(await root.terraform.applyErrors()).toContain("Kubernetes cluster unreachable");
    });
  });

  describe("a config map", () => {
    const resource = (blocks: object): object => ({ provider: provider(), ...blocks });
    const map = (name: string, rest: object): object => ({ metadata: [{ name, namespace: "default" }], ...rest });

    it("is made, changed and removed, and mended when someone else changed it", async () => {
      const of = (data: object): object =>
        resource({ resource: { kubernetes_config_map_v1: { one: map("one", { data }) } } });
      const root = await Root.with(of({ a: "1", "b/c": "2" }));
      expect(await root.terraform.applyErrors()).toContain("b/c"); // The cluster's own rules hold.
      await root.write(of({ a: "1", b: "2" }));
      await root.terraform.apply();
      expect(await root.terraform.isPlanEmpty()).toBe(true);
      await root.write(of({ a: "3", c: "4" }));
      expect(await root.planned("kubernetes_config_map_v1.one")).toEqual(["update"]);
      await root.terraform.apply();
      expect((await kube.get(configMap("default", "one"))).data).toEqual({ a: "3", c: "4" });
      await kube.patch(configMap("default", "one"), { data: { a: "other" } });
      expect(await root.planned("kubernetes_config_map_v1.one")).toEqual(["update"]);
      await root.terraform.apply();
      expect((await kube.get(configMap("default", "one"))).data).toEqual({ a: "3", c: "4" });
      await kube.delete(configMap("default", "one"));
      expect(await root.planned("kubernetes_config_map_v1.one")).toEqual(["create"]);
      await root.terraform.apply();
      await root.terraform.destroy();
      expect(await kube.find(configMap("default", "one"))).toBeUndefined();
    });

    it("can be read, and has no data when it is not there", async () => {
      await kube.apply({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "read", namespace: "default" },
        data: { a: "1" },
      });
      const root = await Root.with(
        resource({
          data: { kubernetes_config_map_v1: { found: map("read", {}), absent: map("absent", {}) } },
          output: {
            found: { value: "${data.kubernetes_config_map_v1.found.data}" },
            absent: { value: "${data.kubernetes_config_map_v1.absent.data == null}" },
          },
        }),
      );
      await root.terraform.apply();
      expect(await root.terraform.output()).toEqual({ found: { a: "1" }, absent: true });
    });
  });

  it("a namespace is made, labelled and removed with what is in it", async () => {
    const of = (labels: object): object => ({
      provider: provider(),
      resource: { kubernetes_namespace_v1: { one: { metadata: [{ name: "one", labels }] } } },
    });
    const root = await Root.with(of({ a: "1" }));
    await root.terraform.apply();
    expect(await root.terraform.isPlanEmpty()).toBe(true);
    await root.write(of({ b: "2" }));
    await root.terraform.apply();
    const found = await kube.get({ apiVersion: "v1", kind: "Namespace", name: "one" });
    expect(found.metadata.labels).toMatchObject({ b: "2" });
    expect(found.metadata.labels).not.toHaveProperty("a");
    await root.terraform.destroy();
    expect(await kube.find({ apiVersion: "v1", kind: "Namespace", name: "one" })).toBeUndefined();
  });

  it("a deployment keeps everything that is written", async () => {
    const written = (await readFile(ALL_ARGUMENTS, "utf8")).split(/^(?=resource )/m).at(-1) as string;
    // What no cluster takes in a deployment, or waits for in vain.
    const possible = written
      .replace(/^ +active_deadline_seconds .*\n/m, "")
      .replace(/^ +volume_device \{[^}]*\}\n/m, "")
      .replace(/^( +wait_for_rollout += )true/m, "$1false");
    const root = await Root.with({ provider: provider() });
    await writeFile(join(root.folder, "deployment.tf"), possible);
    await root.terraform.apply();
    expect(await root.terraform.isPlanEmpty()).toBe(true);
    const { spec } = await kube.get({ apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "one" });
    expect(spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ key: "example.com/taint", value: "yes", effect: "NoExecute", tolerationSeconds: 60 }],
      topologySpreadConstraints: [{ minDomains: 2, labelSelector: { matchLabels: { app: "one" } } }],
      securityContext: { fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          livenessProbe: { httpGet: { port: 8080 } },
          readinessProbe: { tcpSocket: { port: "http" } },
          startupProbe: { grpc: { port: 8080, service: "health" } },
          securityContext: { capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } },
        },
      ],
    });
    expect(spec.template.spec.volumes[1].configMap).toMatchObject({ defaultMode: 0o600, items: [{ mode: 0o400 }] });
    await root.terraform.destroy();
  });

  it("a deployment rolls out, is scaled and changed, and is told when it does not come up", async () => {
    await addFargateNodes(kube);
    const labels = { app: "inflate" };
    const of = ({ replicas = 2, cpu = "1", timeout = "60s", selector = {} }): object => ({
      provider: provider(),
      resource: {
        kubernetes_deployment_v1: {
          inflate: {
            metadata: [{ name: "inflate" }],
            spec: [
              {
                replicas: String(replicas),
                selector: [{ match_labels: labels }],
                template: [
                  {
                    metadata: [{ labels }],
                    spec: [
                      {
                        termination_grace_period_seconds: 0,
                        node_selector: selector,
                        container: [
                          {
                            name: "pause",
                            image: "registry.k8s.io/pause:3.10",
                            resources: [{ requests: { cpu, memory: "64Mi" } }],
                            port: [{ name: "http", container_port: 8080 }],
                          },
                        ],
                        toleration: [{ key: "eks.amazonaws.com/compute-type", operator: "Exists" }],
                        topology_spread_constraint: [
                          {
                            topology_key: "topology.kubernetes.io/zone",
                            label_selector: [{ match_labels: labels }],
                          },
                        ],
                      },
                    ],
                  },
                ],
              },
            ],
            timeouts: { create: timeout, update: timeout },
          },
        },
      },
    });
    const reference = { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "inflate" };
    const root = await Root.with(of({}));
    await root.terraform.apply();
    expect((await kube.get(reference)).status.availableReplicas).toBe(2);
    expect(await root.terraform.isPlanEmpty()).toBe(true);

    await root.write(of({ replicas: 3, cpu: "500m" }));
    expect(await root.planned("kubernetes_deployment_v1.inflate")).toEqual(["update"]);
    await root.terraform.apply();
    const found = await kube.get(reference);
    expect(found.spec.replicas).toBe(3);
    expect(found.spec.template.spec.containers[0].resources.requests).toEqual({ cpu: "500m", memory: "64Mi" });
    expect(await root.terraform.isPlanEmpty()).toBe(true);
    await root.write(of({ replicas: 3, cpu: "0.5" })); // The same amount.
    expect(await root.terraform.isPlanEmpty()).toBe(true);

    await root.write(of({ replicas: 0 }));
    await root.terraform.apply();
    expect((await kube.get(reference)).spec.replicas).toBe(0);

    await root.write(of({ replicas: 1, selector: { nowhere: "true" }, timeout: "3s" }));
    expect(await root.terraform.applyErrors()).toContain("Waiting for rollout to finish");
    await root.terraform.destroy();
    expect(await kube.find(reference)).toBeUndefined();
  });
});

const VALUES_TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  values: {{ .Values | toJson | quote }}
`;
