import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectsIn } from "../../../cli/manifest-files";
import { installationOf } from "../../../cli/render/installation";
import { renderInput } from "../../../cli/render/render-input";
import type { RenderOptions } from "../../../cli/render/render";
import { render } from "../../../cli/render/render";
import type { ClusterEntry } from "../../../stacks/cluster-config";
import { cluster } from "../../stacks/clusters";

const POOLS = `
nodePools:
  default:
    limits: { cpu: 10 }
    terminationGracePeriod: 1h
    requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }]
nodeClasses: { default: { amiAlias: al2023@v20260714 } }
`;
const OLDER = `
nodePools: { default: { limits: { cpu: 10 } } }
nodeClasses: { default: { amiAlias: al2023@latest, allowLatestAmi: true } }
`;
const MANIFEST = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: gpu }
spec: { limit: 1, template: { spec: { nodeClassRef: { group: a.b, kind: A, name: a }, requirements: [] } } }
`;
const clusters = (...options: Partial<ClusterEntry>[]) =>
  objectsIn("clusters.json", JSON.stringify({ clusters: options.map((option) => cluster(option)) })).objects;
const files = (text: string) => objectsIn("pools.yaml", text).objects;

describe("render", () => {
  /** The only file's content. */
  const rendered = (as: RenderOptions["as"], options: Partial<ClusterEntry> = {}) => {
    const result = render(clusters(options), { as });
    expect(result.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    return result.files[0].content;
  };
  const errors = (result: ReturnType<typeof render>) =>
    result.findings.filter(({ severity }) => severity === "error").map(({ where, text }) => `${where}: ${text}`);

  test("gives the controller's chart the names that an apply will make", () => {
    expect(rendered("values", { namePrefix: "x".repeat(70), iamPath: "/platform/" })).toMatchObject({
      settings: { clusterName: "prod", interruptionQueue: `${"x".repeat(70)}-karpenter` },
      serviceAccount: {
        annotations: {
          "eks.amazonaws.com/role-arn": expect.stringMatching(
            /^arn:aws:iam::111122223333:role\/platform\/x+-[0-9a-f]{8}-karpenter-controller$/,
          ),
        },
      },
    });
  });

  test("gives Argo CD annotations in the words of the EKS blueprints, and Flux a ConfigMap of the same", () => {
    const metadata = {
      aws_cluster_name: "prod",
      aws_region: "eu-north-1",
      aws_account_id: "111122223333",
      karpenter_chart_version: "1.14.3",
      karpenter_namespace: "kube-system",
      karpenter_service_account: "karpenter",
      karpenter_iam_role_arn: "arn:aws:iam::111122223333:role/prod-karpenter-controller",
      karpenter_node_iam_role_name: "nodes",
      karpenter_node_instance_profile_name: "prod-karpenter-instance-profile",
    };
    const options = {
      namespace: "kube-system",
      interruptionHandling: false,
      nodeRoleArn: "arn:aws:iam::111122223333:role/a/nodes",
    };
    expect(rendered("argo-cd", options)).toEqual({
      metadata: { labels: { enable_karpenter: "true" }, annotations: metadata },
    });
    const withQueue = rendered("flux", { ...options, interruptionHandling: true });
    const data = { ...metadata, karpenter_sqs_queue_name: "prod-karpenter" };
    expect(withQueue).toMatchObject({ kind: "ConfigMap", data });
  });

  test("refuses an ARN of an account that only Terraform knows, and says what to give", () => {
    const identity = {
      controllerIdentity: "pod-identity" as const,
      createFargateProfile: false,
      oidcProviderArn: undefined,
    };
    expect(errors(render(clusters(identity), { as: "argo-cd" }))).toEqual([
      expect.stringMatching(
        /^inputs: "aws_iam_role\.karpenter_controller\.arn" is known .*"accountId" and "partition"/,
      ),
    ]);
    expect(rendered("argo-cd", { ...identity, accountId: "111122223333", partition: "aws-cn" })).toMatchObject({
      metadata: {
        annotations: { karpenter_iam_role_arn: "arn:aws-cn:iam::111122223333:role/prod-karpenter-controller" },
      },
    });
  });

  test("says whatever is wrong at once, each with its file, and renders nothing", () => {
    const result = render(files(`nodePools: { a: { limit: 1 } }\nexistingNodeClasses: [a]\n---${MANIFEST}`), {
      as: "objects",
    });
    expect(errors(result)).toEqual([
      expect.stringMatching(/^inputs: "nodePools\.a\.limit" is not known; did you mean "limits"\?/),
      expect.stringMatching(/^pools\.yaml, document 2: NodePool gpu: "spec\.limit" is not known/),
    ]);
    expect(result.files).toEqual([]);
  });

  test("shows warnings, and renders", () => {
    const { findings, files: written } = render(clusters({ nodePools: { a: {} }, existingNodeClasses: ["a"] }), {
      as: "values",
    });
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: "warning", text: expect.stringMatching(/no-limits]$/) }),
      ]),
    );
    expect(written).toHaveLength(1);
  });

  test("asks for what there is nothing to render of", () => {
    expect(errors(render(clusters({}), { as: "objects" }))).toEqual([
      expect.stringMatching(/^inputs: there is no object/),
    ]);
    const alone = files("existingNodeClasses: [a]\nnodePools: { a: {} }");
    expect(errors(render(alone, { as: "flux" }))).toEqual([expect.stringMatching(/^inputs: only a cluster has that/)]);
  });

  test("says that it needs helm for the objects", () => {
    const { PATH } = process.env;
    const empty = mkdtempSync(join(tmpdir(), "path-"));
    process.env.PATH = empty;
    try {
      expect(errors(render([...clusters({}), ...files(POOLS)], { as: "objects" }))).toEqual([
        expect.stringMatching(/^helm: it cannot be run \(.*ENOENT\).*install Helm/),
      ]);
    } finally {
      process.env.PATH = PATH;
      rmSync(empty, { recursive: true });
    }
  });

  describe("what the chart of the objects is told", () => {
    const told = (input: ReturnType<typeof files>, name?: string) => installationOf(renderInput(input, name));

    test("are the pools of all files, with what the cluster's AWS side gives to its nodes", () => {
      const { objects, namespace } = told([...clusters({ tags: { team: "a" } }), ...files(POOLS)]);
      expect(namespace).toBe("karpenter");
      expect(objects).toMatchObject({
        nodePools: { default: { limits: { cpu: 10 } } },
        nodeClasses: { default: { amiAlias: "al2023@v20260714" } },
        nodeClassDefaults: {
          instanceProfile: "prod-karpenter-instance-profile",
          subnetSelectorTerms: [{ id: "subnet-0a1" }, { id: "subnet-0a2" }],
          tags: { team: "a" },
        },
      });
    });

    test("leaves text that looks like an address of Terraform's as it is", () => {
      const text = "${aws_iam_role.karpenter_node.name}";
      const { objects, controller } = told([
        ...clusters({ controllerPodAnnotations: { a: `${text}%{b}$` } }),
        ...files(`${POOLS.replace("limits:", `annotations: { a: "${text}" }\n    limits:`)}`),
      ]);
      expect(objects).toMatchObject({ nodePools: { default: { annotations: { a: text } } } });
      expect(controller).toMatchObject({ podAnnotations: { a: `${text}%{b}$` } });
    });

    test("is the same where Terraform is told not to make the objects", () => {
      const input = [...clusters({ createNodePools: false }), ...files(POOLS)];
      expect(told(input).problems).toEqual([]);
      expect(told(input).objects).toEqual(told([...clusters({}), ...files(POOLS)]).objects);
    });

    test("are inputs of NodePools alone without a cluster, in the words of an older API too", () => {
      const defaults = {
        role: "nodes",
        subnetSelectorTerms: [{ id: "subnet-1" }],
        securityGroupSelectorTerms: [{ id: "sg-1" }],
      };
      const { objects, problems } = told(
        files(`${OLDER}karpenterVersion: 0.35.0\nnodeClassDefaults: ${JSON.stringify(defaults)}`),
      );
      expect(problems).toEqual([]);
      expect(objects).toMatchObject({
        objects: [{ apiVersion: "karpenter.k8s.aws/v1beta1", spec: { role: "nodes" } }, {}],
      });
    });
  });
});

describe("the cluster to render", () => {
  const two = clusters({ clusterName: "a" }, { clusterName: "b", name: "second" });
  const chosen = (name?: string) => renderInput(two, name).inputs.clusterName;

  test("is named by its stack or its name, and need not be where there is one", () => {
    expect([chosen("second"), chosen("b"), chosen("a-eu-north-1")]).toEqual(["b", "b", "a"]);
    expect(renderInput(clusters({})).inputs.clusterName).toBe("prod");
  });

  test.each([undefined, "c"])("is asked for with those that there are, for %p", (name) => {
    expect(() => chosen(name)).toThrow(/--cluster is .*clusters\.json: "a-eu-north-1", "second"/);
  });

  test("is one of a clusters file", () => {
    expect(() => renderInput(files(POOLS), "a")).toThrow('--cluster is "a", but none of the files has "clusters"');
    expect(() => renderInput([...two, ...clusters({})])).toThrow("give one clusters file");
  });
});

describe("inputs of several files", () => {
  test("are put together by name, and their manifests follow each other", () => {
    const { inputs, manifests } = renderInput([
      ...files("nodePools: { a: {} }\nmanifests: [{ kind: A }]"),
      ...files("kind: B"),
      ...files("nodePools: { b: {} }\nmanifests: [[{ kind: C }]]"),
    ]);
    expect(inputs).toEqual({ nodePools: { a: {}, b: {} }, manifests: [{ kind: "A" }, { kind: "C" }, { kind: "B" }] });
    expect(manifests.map(({ object }) => object.kind)).toEqual(["A", "C", "B"]);
  });

  test("are refused where they say the same twice", () => {
    const [first] = files("nodePools: { a: {} }\nkubernetesVersion: '1.33'");
    expect(() => renderInput([first, { ...first, where: "more.yaml" }])).toThrow(
      /"nodePools\.a" stands in pools\.yaml and in more\.yaml.*\n.*"kubernetesVersion" stands in/,
    );
  });
});
