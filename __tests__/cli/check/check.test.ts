import type { CheckOptions } from "../../../cli/check/check";
import { check } from "../../../cli/check/check";
import { exitCodeOf, findingsAsText } from "../../../cli/finding";
import { objectsIn } from "../../../cli/manifest-files";

const CLASS = `
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: default }
spec:
  role: nodes
  amiSelectorTerms: [{ alias: al2023@v20260714 }]
  subnetSelectorTerms: [{ id: subnet-0a }]
  securityGroupSelectorTerms: [{ id: sg-0a }]
`;
const POOL = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: default }
spec:
  limits: { cpu: 100 }
  template:
    spec:
      terminationGracePeriod: 1h
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64] }]
`;
const checked = (yaml: string, options: Partial<CheckOptions> = {}) =>
  check(objectsIn("pools.yaml", yaml).objects, { karpenterVersion: "1.14.3", ...options });

describe("check", () => {
  test("finds nothing in objects that work, and counts what is not Karpenter's", () => {
    const other = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n";
    expect(checked([CLASS, POOL, `\n${other}`].join("---"))).toEqual({ findings: [], checked: 2, others: 1 });
  });

  test("tells of each object by its file, document, kind and name, with the path in it", () => {
    const { findings } = checked([CLASS, POOL.replace("limits:", "limit:")].join("---"));
    expect(findings).toEqual([
      {
        severity: "error",
        where: "pools.yaml, document 2: NodePool default",
        text: '"spec.limit" is not known; did you mean "limits"? Known: disruption, limits, replicas, template, weight',
      },
      {
        severity: "warning",
        where: "pools.yaml, document 2: NodePool default",
        text: expect.stringMatching(/^"spec" has no "limits".*\[karpenter-no-limits\]$/) as string,
      },
    ]);
    expect(exitCodeOf(findings)).toBe(1);
    expect(findingsAsText(findings)).toMatch(/^pools\.yaml, document 2: NodePool default\n {2}error {4}"spec\.limit"/);
  });

  test("knows the objects in a List", () => {
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: objectsIn("", POOL.replace("100", "many")).objects.map(({ object }) => object),
    };
    expect(checked(JSON.stringify(list), { existingNodeClass: ["default"] }).findings).toEqual([
      expect.objectContaining({ text: expect.stringMatching(/^"spec\.limits\.cpu" is "many", but must be/) as string }),
    ]);
  });

  test("asks for a class that is in none of the files, unless it is said to be elsewhere", () => {
    expect(checked(POOL).findings).toEqual([
      expect.objectContaining({
        text: expect.stringContaining("name in --existing-node-class what something else makes") as string,
      }),
    ]);
    expect(checked(POOL, { existingNodeClass: ["default"] }).findings).toEqual([]);
  });

  test("asks for role, subnets and security groups, unless something else gives them", () => {
    const bare = CLASS.split("\n")
      .filter((line) => !/role|subnet|security/.test(line))
      .join("\n");
    expect(checked(bare).findings.map(({ severity }) => severity)).toEqual(["error", "error", "error"]);
    expect(checked(bare, { completed: true }).findings).toEqual([]);
  });

  test("holds objects to the release and to Kubernetes", () => {
    const balanced = POOL.replace("  limits:", "  disruption: { consolidationPolicy: Balanced }\n  limits:");
    const found = (options: Partial<CheckOptions>) =>
      checked(CLASS + "---" + balanced, options).findings.filter(({ severity }) => severity === "error").length;
    expect([found({}), found({ karpenterVersion: "1.9.3" })]).toEqual([0, 1]);
    const old = CLASS.replace("v20260714", "v20240213");
    expect(checked(old, { kubernetesVersion: "1.33" }).findings[0].text).toMatch(/al2023@v20240213/);
  });

  test("does not fail for warnings, and leaves out those that are acknowledged", () => {
    const latest = CLASS.replace("v20260714", "latest");
    expect(checked(latest).findings.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(exitCodeOf(checked(latest).findings)).toBe(0);
    expect(checked(latest, { acknowledge: ["karpenter-latest-ami"] }).findings).toEqual([]);
  });

  test("tells of the release under the name of its option", () => {
    const { findings } = checked(CLASS, { karpenterVersion: "1.99.0" });
    expect(findings[0].text).toMatch(/^--karpenter-version is "1\.99\.0"/);
    expect(findings[0].where).toBe("command line");
  });
});
