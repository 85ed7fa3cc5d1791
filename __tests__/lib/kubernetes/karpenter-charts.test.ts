import { Token } from "cdktf";
import type { ControllerSettings, ControllerSize, FeatureGates } from "../../../lib/kubernetes/controller-options";
import type { KarpenterChartsProps } from "../../../lib/kubernetes/karpenter-charts";
import { KarpenterCharts } from "../../../lib/kubernetes/karpenter-charts";
import { SmokeTest } from "../../../lib/kubernetes/smoke-test";
import type { Scope } from "../../support/hcl";
import { evaluate, localsOf } from "../../support/hcl";
import { ROLE_ARN } from "../../support/fixtures";
import { problemsOf, synth, synthError } from "../../support/stack";
import { variable, variableFlag, variableList } from "../../support/tokens";
import { decodeValues, onCluster } from "./on-cluster";

const charts = (props: Partial<KarpenterChartsProps> = {}) =>
  synth(
    (stack) => new KarpenterCharts(stack, "karpenter", { clusterName: "demo", controllerRoleArn: ROLE_ARN, ...props }),
  );
const build = (props: Partial<KarpenterChartsProps>) =>
  onCluster(
    (stack) => new KarpenterCharts(stack, "karpenter", { clusterName: "demo", controllerRoleArn: ROLE_ARN, ...props }),
  );
const crdOf = (props?: Partial<KarpenterChartsProps>) => charts(props).resource("helm_release", "karpenter_crd");
const controllerOf = (props?: Partial<KarpenterChartsProps>) =>
  charts(props).resource("helm_release", "karpenter_controller");

/** The values of the controller's release that this library writes. */
function valuesOf(props: Partial<KarpenterChartsProps> = {}, scope: Scope = {}): unknown {
  const synthesized = charts(props);
  const { values } = synthesized.resource("helm_release", "karpenter_controller");
  const locals = (synthesized.json.locals ?? {}) as Readonly<Record<string, unknown>>;
  return decodeValues((values as string[])[0], { ...scope, local: localsOf(locals, scope) });
}

/** Which chart a release takes, and from where. */
function sourcesOf(props: Partial<KarpenterChartsProps>, scope: Scope = {}): unknown {
  const said = (value: unknown) => (typeof value === "string" ? evaluate(value, scope) : value);
  return [crdOf(props), controllerOf(props)].map(({ chart, repository }) => [said(chart), said(repository)]);
}

const SIZE = { cpu: "1", memory: "1Gi" };
const ROLE_MARK = { "cdktf-karpenter/controller-role": ROLE_ARN };
const DEFAULTS = {
  settings: { clusterName: "demo" },
  serviceAccount: { name: "karpenter", annotations: { "eks.amazonaws.com/role-arn": ROLE_ARN } },
  replicas: 2,
  controller: { resources: { requests: SIZE, limits: SIZE } },
  dnsPolicy: "Default",
  podAnnotations: ROLE_MARK,
};

describe("KarpenterCharts", () => {
  test("is a release of the CRDs, one of the controller, its FlowSchemas and what guards it, and nothing else", () => {
    expect(charts().addresses).toEqual([
      "helm_release.karpenter_controller",
      "helm_release.karpenter_crd",
      "helm_release.karpenter_flow_schemas",
      "helm_release.karpenter_guard",
      "terraform_data.karpenter_crds_installed",
      "terraform_data.karpenter_installed",
    ]);
  });

  test("lets the guard go before the controller does", () => {
    const { values, ...guard } = charts({ namespace: "kube-system", guardChart: "./guard" }).resource(
      "helm_release",
      "karpenter_guard",
    );
    expect(decodeValues((values as string[])[0])).toEqual({ crds: "managed" });
    expect(guard).toEqual({
      name: "karpenter-guard",
      namespace: "kube-system",
      chart: "./guard",
      max_history: 10,
      depends_on: ["helm_release.karpenter_controller"],
    });
  });

  test("adopts CRDs that are there and makes the namespace", () => {
    expect(crdOf()).toEqual({
      name: "karpenter-crd",
      chart: "karpenter-crd",
      repository: "oci://public.ecr.aws/karpenter",
      version: "1.14.3",
      namespace: "karpenter",
      create_namespace: true,
      take_ownership: true,
      wait: true,
      timeout: 600,
      max_history: 10,
    });
  });

  test("starts the controller after the CRDs and without them", () => {
    const { values, ...controller } = controllerOf();
    expect(controller).toEqual({
      name: "karpenter",
      chart: "karpenter",
      repository: "oci://public.ecr.aws/karpenter",
      version: "1.14.3",
      namespace: "karpenter",
      skip_crds: true,
      wait: true,
      timeout: 600,
      max_history: 10,
      depends_on: ["helm_release.karpenter_crd", "helm_release.karpenter_flow_schemas"],
    });
    expect(values).toHaveLength(1);
  });

  test("keeps both releases at one version, in one namespace, with one timeout", () => {
    const props = { karpenterVersion: "1.15.1", namespace: "kube-system", chartTimeout: 900 };
    const both = { version: "1.15.1", namespace: "kube-system", timeout: 900 };
    expect(crdOf(props)).toMatchObject(both);
    expect(controllerOf(props)).toMatchObject(both);
  });

  test("tells Helm how to go about the controller, and never to undo the CRDs", () => {
    const props = { helmWait: false, helmAtomic: false, helmCleanupOnFail: true, helmMaxHistory: 3 };
    expect(controllerOf(props)).toMatchObject({
      wait: false,
      atomic: false,
      cleanup_on_fail: true,
      max_history: 3,
    });
    const crd = crdOf({ ...props, helmWait: variableFlag("wait"), helmAtomic: variableFlag("atomic") });
    expect(crd).toMatchObject({ wait: true, max_history: 3 });
    expect(crd).not.toHaveProperty("atomic");
    expect(crd).not.toHaveProperty("cleanup_on_fail");
  });

  test("reads both charts with the certificate authority of a repository of one's own", () => {
    const props = { chartRepository: "https://charts.example", chartRepositoryCaFile: "ca.pem" };
    expect(crdOf(props)).toMatchObject({ repository_ca_file: "ca.pem" });
    expect(controllerOf(props)).toMatchObject({ repository_ca_file: "ca.pem" });
  });

  test("makes no namespace where it is told not to", () => {
    expect(crdOf({ createNamespace: false }).create_namespace).toBe(false);
    expect(crdOf({ createNamespace: variableFlag("make") }).create_namespace).toBe("${var.make}");
  });

  test("waits with the CRDs, and so with the controller, for what it depends on", () => {
    const synthesized = synth((stack) => {
      const before = new SmokeTest(stack, "before");
      const dependable = before.node.findChild("Resource") as unknown as NonNullable<
        KarpenterChartsProps["dependsOn"]
      >[number];
      new KarpenterCharts(stack, "karpenter", {
        clusterName: "demo",
        controllerRoleArn: ROLE_ARN,
        dependsOn: [dependable],
      });
    });
    expect(synthesized.resource("helm_release", "karpenter_crd").depends_on).toEqual([
      "kubernetes_deployment_v1.before",
    ]);
    expect(synthesized.resource("helm_release", "karpenter_controller").depends_on).toEqual([
      "helm_release.karpenter_crd",
      "helm_release.karpenter_flow_schemas",
    ]);
  });

  test("logs in to a registry of one's own for both charts", () => {
    const login = { chartRepositoryUsername: "me", chartRepositoryPassword: variable("password") };
    const block = { repository_username: "me", repository_password: "${var.password}" };
    expect(crdOf(login)).toMatchObject(block);
    expect(controllerOf(login)).toMatchObject(block);
  });
});

describe("the CRDs", () => {
  const KEPT = { additionalAnnotations: { "helm.sh/resource-policy": "keep" } };
  const guardOf = (props: Partial<KarpenterChartsProps>) =>
    decodeValues((charts(props).resource("helm_release", "karpenter_guard").values as string[])[0]);

  test("are marked to stay where they are kept, and the guard then asks for nodes of our own only", () => {
    const [values] = crdOf({ crds: "kept" }).values as string[];
    expect(decodeValues(values)).toEqual(KEPT);
    expect(guardOf({ crds: "kept" })).toEqual({ crds: "kept" });
  });

  test("have no release where they are existing: the controller's makes what is missing, after what it depends on", () => {
    const made = charts({ crds: "existing" });
    expect(made.addresses).toEqual([
      "helm_release.karpenter_controller",
      "helm_release.karpenter_flow_schemas",
      "helm_release.karpenter_guard",
      "terraform_data.karpenter_crds_installed",
      "terraform_data.karpenter_installed",
    ]);
    expect(made.resource("helm_release", "karpenter_controller")).toMatchObject({
      skip_crds: false,
      create_namespace: true,
      depends_on: ["helm_release.karpenter_flow_schemas"],
    });
    expect(made.resource("helm_release", "karpenter_flow_schemas")).toMatchObject({ create_namespace: true });
    expect(
      charts({ crds: "existing", createNamespace: false }).resource("helm_release", "karpenter_controller"),
    ).toEqual(expect.not.objectContaining({ create_namespace: expect.anything() as unknown }));
    expect(guardOf({ crds: "existing" })).toEqual({ crds: "existing" });
  });

  test.each([
    ["managed", 1, [], true, false],
    ["kept", 1, [KEPT], true, false],
    ["existing", 0, [], false, true],
  ])("are left to Terraform where it decides: %s", (crds, count, told, skipped, namespace) => {
    const open = charts({ crds: variable("crds") as "kept", createNamespace: true });
    const said = (value: unknown) => evaluate(String(value).replaceAll("yamlencode", "jsonencode"), { var: { crds } });
    const release = open.resource("helm_release", "karpenter_crd");
    expect(said(release.count)).toBe(count);
    expect((said(release.values) as string[]).map((text) => JSON.parse(text) as unknown)).toEqual(told);
    const controller = open.resource("helm_release", "karpenter_controller");
    expect([said(controller.skip_crds), said(controller.create_namespace)]).toEqual([skipped, namespace]);
  });
});

describe("the FlowSchemas", () => {
  const ADDRESS = "karpenter_flow_schemas";
  const isMade = (props: Partial<KarpenterChartsProps>) => charts(props).addresses.includes(`helm_release.${ADDRESS}`);

  test("are of the controller's service account, in its namespace, and adopted where they are there", () => {
    const props = { namespace: "platform", serviceAccountName: "scaler", flowSchemasChart: "./flow-schemas" };
    const { values, ...release } = charts(props).resource("helm_release", ADDRESS);
    expect(release).toEqual({
      name: "karpenter-flow-schemas",
      namespace: "platform",
      chart: "./flow-schemas",
      take_ownership: true,
      max_history: 10,
      depends_on: ["helm_release.karpenter_crd"],
    });
    expect(decodeValues((values as string[])[0])).toEqual({ serviceAccountName: "scaler" });
  });

  test.each<[Partial<KarpenterChartsProps>, boolean]>([
    [{}, true],
    [{ namespace: "kube-system" }, false],
    [{ createFlowSchemas: false }, false],
    [{ namespace: "kube-system", createFlowSchemas: true }, true],
  ])("are made outside of kube-system, unless it is said otherwise: %p", (props, made) => {
    expect(isMade(props)).toBe(made);
  });

  test.each([
    ["platform", null, 1],
    ["kube-system", null, 0],
    ["platform", false, 0],
    ["kube-system", true, 1],
  ])("are left to Terraform where it decides: %p, %p", (namespace, create, count) => {
    const props = { namespace: variable("namespace"), createFlowSchemas: variableFlag("create") };
    const { count: asked } = charts(props).resource("helm_release", ADDRESS);
    expect(evaluate(String(asked), { var: { namespace, create } })).toBe(count);
  });
});

describe("the charts", () => {
  test.each(["oci://registry.example/karpenter", "https://charts.example/karpenter"])(
    "come by name from %s",
    (chartRepository) => {
      expect(sourcesOf({ chartRepository })).toEqual([
        ["karpenter-crd", chartRepository],
        ["karpenter", chartRepository],
      ]);
    },
  );

  test.each(["/charts", "./charts", "../charts"])("come by path from the folder %s", (chartRepository) => {
    expect(sourcesOf({ chartRepository })).toEqual([
      [`${chartRepository}/karpenter-crd`, undefined],
      [`${chartRepository}/karpenter`, undefined],
    ]);
  });

  test.each([
    ["oci://registry.example/karpenter", "karpenter", "oci://registry.example/karpenter"],
    ["https://charts.example", "karpenter", "https://charts.example"],
    ["./charts", "./charts/karpenter", null],
  ])("come from where only Terraform knows, %s", (where, chart, repository) => {
    const sources = sourcesOf({ chartRepository: variable("charts") }, { var: { charts: where } });
    expect(sources).toEqual([
      [`${chart}-crd`, repository],
      [chart, repository],
    ]);
  });
});

describe("the controller's values", () => {
  test("fit Fargate by default", () => {
    expect(valuesOf()).toEqual(DEFAULTS);
  });

  test("ask the cluster's own resolver off Fargate", () => {
    expect(valuesOf({ onFargate: false })).toEqual({ ...DEFAULTS, dnsPolicy: "ClusterFirst" });
  });

  test.each([
    [true, "Default"],
    [false, "ClusterFirst"],
  ])("let Terraform decide where it knows whether the controller is on Fargate: %p", (fargate, dnsPolicy) => {
    expect(valuesOf({ onFargate: variableFlag("fargate") }, { var: { fargate } })).toEqual({ ...DEFAULTS, dnsPolicy });
  });

  test("name no role with Pod Identity", () => {
    const { podAnnotations, ...others } = DEFAULTS;
    expect(podAnnotations).toEqual(ROLE_MARK);
    expect(valuesOf({ annotateRole: false })).toEqual({ ...others, serviceAccount: { name: "karpenter" } });
  });

  test("say everything they are told", () => {
    expect(
      valuesOf({
        clusterEndpoint: "https://api.example",
        interruptionQueueName: "interruptions",
        serviceAccountName: "scaler",
        controllerReplicas: 3,
        controllerSize: { cpu: "2", memory: "4Gi" },
        settings: { batchMaxDuration: "20s", isolatedVPC: true, vmMemoryOverheadPercent: 0.08 },
        featureGates: { nodeRepair: true, nodeOverlay: false },
        awsFeatureGates: { nodeClassCEL: true },
        controllerTolerations: [{ key: "CriticalAddonsOnly", operator: "Exists", value: undefined }],
        controllerTopologySpread: [
          { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
        ],
        controllerMaxUnavailable: "50%",
        controllerDnsPolicy: "ClusterFirstWithHostNet",
        onFargate: false,
        controllerImageRepository: "registry.example/karpenter",
        controllerImageTag: "1.14.3-mine",
        controllerImageDigest: "",
        controllerNodeSelector: { role: "system" },
        controllerAffinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone", labelSelector: undefined }],
          },
        },
        controllerPriorityClassName: "high",
        controllerPodAnnotations: { "example.com/a": "true" },
        logLevel: "debug",
        serviceMonitor: true,
        serviceMonitorLabels: { release: "prometheus" },
      }),
    ).toEqual({
      settings: {
        clusterName: "demo",
        clusterEndpoint: "https://api.example",
        interruptionQueue: "interruptions",
        batchMaxDuration: "20s",
        isolatedVPC: true,
        vmMemoryOverheadPercent: 0.08,
        featureGates: { nodeRepair: true, nodeOverlay: false },
        awsFeatureGates: { nodeClassCEL: true },
      },
      serviceAccount: { name: "scaler", annotations: { "eks.amazonaws.com/role-arn": ROLE_ARN } },
      replicas: 3,
      controller: {
        resources: { requests: { cpu: "2", memory: "4Gi" }, limits: { cpu: "2", memory: "4Gi" } },
        image: { repository: "registry.example/karpenter", tag: "1.14.3-mine", digest: "" },
      },
      dnsPolicy: "ClusterFirstWithHostNet",
      nodeSelector: { role: "system" },
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "zone" }] } },
      priorityClassName: "high",
      podAnnotations: { "example.com/a": "true", ...ROLE_MARK },
      podDisruptionBudget: { maxUnavailable: "50%" },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
      ],
      logLevel: "debug",
      serviceMonitor: { enabled: true, additionalLabels: { release: "prometheus" } },
    });
  });

  /** The environment of the container by name. */
  const environmentOf = (props: Partial<KarpenterChartsProps>, scope: Scope = {}): Readonly<Record<string, string>> => {
    const { controller } = valuesOf(props, scope) as { controller: { env: { name: string; value: string }[] } };
    return Object.fromEntries(controller.env.map(({ name, value }) => [name, value]));
  };
  const PROXY = "http://proxy.example:3128";

  test("say the proxy, and that the cluster and private addresses are asked without it", () => {
    const { HTTPS_PROXY, NO_PROXY, ...others } = environmentOf({ controllerHttpsProxy: PROXY });
    expect([HTTPS_PROXY, others]).toEqual([PROXY, {}]);
    expect(NO_PROXY.split(",")).toEqual(
      expect.arrayContaining(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "169.254.0.0/16", ".svc"]),
    );
  });

  test("ask without the proxy what the user names, too, known at synth or at plan alike", () => {
    const props = { controllerHttpProxy: PROXY, controllerNoProxy: [".internal", "100.64.0.0/10"] };
    const known = environmentOf(props);
    expect(known.NO_PROXY).toMatch(/,\.cluster\.local,\.internal,100\.64\.0\.0\/10$/);
    const open = {
      controllerHttpProxy: variable("http"),
      controllerHttpsProxy: variable("https"),
      controllerNoProxy: variableList("others"),
    };
    expect(environmentOf(open, { var: { http: PROXY, https: null, others: props.controllerNoProxy } })).toEqual(known);
    expect(environmentOf(open, { var: { http: null, https: null, others: [] } })).toEqual({});
  });

  test("can switch the ServiceMonitor off", () => {
    expect(valuesOf({ serviceMonitor: false })).toEqual({ ...DEFAULTS, serviceMonitor: { enabled: false } });
  });

  test("leave nulls of Terraform out, so that the chart's own defaults stay", () => {
    const settings = { batchMaxDuration: null, batchIdleDuration: "2s" };
    const gates = { nodeRepair: true, nodeOverlay: null };
    const size = { cpu: "500m", memory: null };
    const values = valuesOf(
      {
        settings: variableFlag("settings") as ControllerSettings,
        featureGates: variableFlag("gates") as FeatureGates,
        controllerSize: variableFlag("size") as ControllerSize,
      },
      { var: { settings, gates, size } },
    );
    expect(values).toEqual({
      ...DEFAULTS,
      settings: { clusterName: "demo", batchIdleDuration: "2s", featureGates: { nodeRepair: true } },
      controller: {
        resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "500m", memory: "1Gi" } },
      },
    });
  });

  const OPEN = {
    controllerTolerations: variableFlag("tolerations") as never,
    controllerTopologySpread: variableFlag("spread") as never,
    controllerMaxUnavailable: variable("max"),
    controllerDnsPolicy: variable("dns") as "Default",
    logLevel: variable("level") as "info",
    serviceMonitor: variableFlag("monitor") as never,
    serviceMonitorLabels: variableFlag("labels") as never,
    controllerImageRepository: variable("repository"),
    controllerImageDigest: variable("digest"),
    controllerNodeSelector: variableFlag("selector") as never,
    controllerAffinity: variableFlag("affinity") as never,
    controllerPriorityClassName: variable("priority"),
    controllerPodAnnotations: variableFlag("annotations") as never,
  };

  test("are as without them where Terraform finds that all options are null", () => {
    const nothing = {
      ...{ tolerations: null, spread: null, max: null, dns: null, level: null, monitor: null, labels: null },
      ...{ repository: null, digest: null, selector: null, affinity: null, priority: null, annotations: null },
    };
    expect(valuesOf(OPEN, { var: nothing })).toEqual({
      ...DEFAULTS,
      controller: { ...DEFAULTS.controller, image: {} },
      podDisruptionBudget: {},
      serviceMonitor: {},
    });
  });

  test("say what Terraform finds, without the nulls of its lists", () => {
    const scope = {
      var: {
        tolerations: [
          { key: "a", operator: null },
          { operator: "Exists", key: null },
        ],
        spread: [{ maxSkew: 2, topologyKey: "zone", minDomains: null }],
        max: "1",
        dns: "ClusterFirst",
        level: "error",
        monitor: true,
        labels: { a: "b" },
        repository: "registry.example/karpenter",
        digest: "",
        selector: { role: "system" },
        affinity: { nodeAffinity: {} },
        priority: "high",
        annotations: { a: "b" },
      },
    };
    expect(valuesOf(OPEN, scope)).toEqual({
      ...DEFAULTS,
      controller: { ...DEFAULTS.controller, image: { repository: "registry.example/karpenter", digest: "" } },
      nodeSelector: { role: "system" },
      affinity: { nodeAffinity: {} },
      priorityClassName: "high",
      podAnnotations: { a: "b", ...ROLE_MARK },
      dnsPolicy: "ClusterFirst",
      podDisruptionBudget: { maxUnavailable: "1" },
      serviceMonitor: { enabled: true, additionalLabels: { a: "b" } },
      tolerations: [{ key: "a" }, { operator: "Exists" }],
      topologySpreadConstraints: [{ maxSkew: 2, topologyKey: "zone" }],
      logLevel: "error",
    });
  });

  test("come first and the user's after them, for the last one wins", () => {
    const values = controllerOf({ controllerHelmValues: ["replicas: 1", "replicas: 2"] }).values as string[];
    expect(values).toHaveLength(3);
    expect(decodeValues(values[0])).toEqual(DEFAULTS);
    expect(values.slice(1)).toEqual(["replicas: 1", "replicas: 2"]);
  });

  test("come first also where only Terraform knows the user's", () => {
    const values = String(controllerOf({ controllerHelmValues: variableList("more") }).values).replace(
      /\byamlencode/g,
      "jsonencode",
    );
    const [own, ...more] = evaluate(values, { var: { more: ["replicas: 1", { replicas: 2 }] } }) as string[];
    expect(JSON.parse(own)).toEqual(DEFAULTS);
    expect(more).toEqual(["replicas: 1", '{"replicas":2}']);
  });
});

describe("what KarpenterCharts refuses", () => {
  const wrong: Partial<KarpenterChartsProps> = {
    karpenterVersion: "0.1.0",
    namespace: "Karpenter",
    chartRepository: "public.ecr.aws/karpenter",
    controllerReplicas: 0,
    settings: { batchMaxDuraton: "1s" } as ControllerSettings,
    featureGates: { nodeOverlays: true, nodeRepair: "yes" } as unknown as FeatureGates,
    controllerTolerations: [{ operator: "Exist" as "Exists" }],
  };

  test("is told problem by problem", () => {
    expect(problemsOf(build(wrong))).toEqual([
      '"chartRepository" is "public.ecr.aws/karpenter", but must be an address that begins with oci:// or https://, or the ' +
        "path of a folder that begins with / or ./; name what holds the charts karpenter and karpenter-crd, without the " +
        "chart's name",
      '"controllerReplicas" is 0, but must be a whole number from 1; take 2 for high availability',
      expect.stringMatching(
        /^"settings\.batchMaxDuraton" is not known; did you mean "batchMaxDuration"\? Known: amiRefreshInterval, /,
      ),
      expect.stringMatching(
        /^"featureGates\.nodeOverlays" is not known; did you mean "nodeOverlay"\? Known: capacityBuffer, /,
      ),
      '"featureGates.nodeRepair" is "yes", but must be true or false; write it without quotes',
      '"controllerTolerations[0].operator" is "Exist", but must be one of "Exists", "Equal"',
      expect.stringMatching(/^"karpenterVersion" is "0\.1\.0", but must be /),
      expect.stringMatching(/^"namespace" is "Karpenter", but must be a Kubernetes namespace: /),
    ]);
  });

  test("stands in one error of synth altogether", () => {
    const message = synthError(build(wrong));
    for (const problem of problemsOf(build(wrong))) {
      expect(message).toContain(problem);
    }
  });

  test.each<[Partial<KarpenterChartsProps>, string]>([
    [{ clusterName: "a.b" }, '"clusterName" is "a.b", but must be 1 to 100 letters'],
    [{ clusterName: undefined }, '"clusterName" is missing, but must be 1 to 100 letters'],
    [{ clusterEndpoint: "10.0.0.1" }, '"clusterEndpoint" is "10.0.0.1", but must be an https:// address'],
    [{ controllerRoleArn: "karpenter" }, '"controllerRoleArn" is "karpenter", but must be the ARN of an IAM role'],
    [
      { interruptionQueueName: "arn:aws:sqs:eu-north-1:111122223333:q" },
      '"interruptionQueueName" is "arn:aws:sqs:eu-north-1:111122223333:q", but must be 1 to 80 letters',
    ],
    [{ serviceAccountName: "*" }, '"serviceAccountName" is "*", but must be a Kubernetes service account name'],
    [{ chartTimeout: 0 }, '"chartTimeout" is 0, but must be a whole number from 1; give seconds'],
    [{ chartTimeout: "10m" as never }, '"chartTimeout" is "10m", but must be a whole number from 1; give seconds'],
    [{ logLevel: "warn" as never }, '"logLevel" is "warn", but must be one of "debug", "info", "error"'],
    [{ controllerSize: { cpu: "2 cores" } }, '"controllerSize.cpu" is "2 cores", but must be a Kubernetes quantity'],
    [{ controllerHelmValues: ["- a"] }, '"controllerHelmValues[0]" is "- a", but must be YAML with keys'],
    [{ serviceMonitor: "yes" as never }, '"serviceMonitor" is "yes", but must be true or false'],
  ])("has %j in it", (props, problem) => {
    const found = problemsOf(build(props));
    expect(found).toHaveLength(1);
    expect(found[0].startsWith(problem)).toBe(true);
  });

  test.each([1.5, -1])("has %p controllers in it", (controllerReplicas) => {
    expect(problemsOf(build({ controllerReplicas }))).toEqual([
      `"controllerReplicas" is ${controllerReplicas}, but must be a whole number from 1; take 2 for high availability`,
    ]);
  });

  test("has nothing in it that only Terraform knows", () => {
    expect(
      problemsOf(
        build({
          karpenterVersion: variable("version"),
          namespace: variable("namespace"),
          chartRepository: variable("charts"),
          controllerReplicas: Token.asNumber(variable("replicas")),
          settings: variableFlag("settings") as ControllerSettings,
        }),
      ),
    ).toEqual([]);
  });
});
