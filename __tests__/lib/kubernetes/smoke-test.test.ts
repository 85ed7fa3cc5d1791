import type { TerraformResource } from "cdktf";
import { Token } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import type { SmokeTestProps } from "../../../lib/kubernetes/smoke-test";
import { SmokeTest } from "../../../lib/kubernetes/smoke-test";
import type { ReadableStack } from "../../../lib/terraform/readable-stack";
import { problemsOf, synth } from "../../support/stack";
import { variable } from "../../support/tokens";
import { onCluster } from "./on-cluster";

const smokeTest = (props?: SmokeTestProps) =>
  synth((stack) => new SmokeTest(stack, "smoke", props)).resource("kubernetes_deployment_v1", "smoke");
const problems = (props: SmokeTestProps) => problemsOf(onCluster((stack) => new SmokeTest(stack, "smoke", props)));

/** The deployment by which Karpenter is usually tried out, with some of it said otherwise. */
function inflate(
  other: { name?: string; namespace?: string; image?: string; replicas?: string; cpu?: string; memory?: string } = {},
) {
  const name = other.name ?? "inflate";
  const labels = { app: name };
  return {
    metadata: { name, namespace: other.namespace ?? "default", labels },
    wait_for_rollout: false,
    spec: {
      replicas: other.replicas ?? "0",
      selector: { match_labels: labels },
      template: {
        metadata: { labels },
        spec: {
          termination_grace_period_seconds: 0,
          affinity: {
            node_affinity: {
              required_during_scheduling_ignored_during_execution: {
                node_selector_term: [{ match_expressions: [{ key: "karpenter.sh/nodepool", operator: "Exists" }] }],
              },
            },
          },
          container: [
            {
              name,
              image: other.image ?? "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
              resources: { requests: { cpu: other.cpu ?? "1", memory: other.memory ?? "1.5Gi" } },
            },
          ],
        },
      },
    },
  };
}

describe("SmokeTest", () => {
  test("is a deployment of no pods on Karpenter's nodes", () => {
    expect(smokeTest()).toEqual(inflate());
  });

  test("takes everything otherwise", () => {
    expect(
      smokeTest({
        replicas: 10,
        cpuPerReplica: "2",
        memoryPerReplica: "4Gi",
        namespace: "trial",
        name: "balloon",
        image: "registry.example/pause:3.10",
      }),
    ).toEqual(
      inflate({
        replicas: "10",
        cpu: "2",
        memory: "4Gi",
        namespace: "trial",
        name: "balloon",
        image: "registry.example/pause:3.10",
      }),
    );
  });

  test("takes a number of pods that only Terraform knows", () => {
    expect(smokeTest({ replicas: Token.asNumber(variable("replicas")) })).toEqual(
      inflate({ replicas: "${var.replicas}" }),
    );
  });

  test("waits for what it depends on", () => {
    const build = (stack: ReadableStack) => {
      const dependable: TerraformResource = new Release(stack, "pools", { name: "pools", chart: "pools" });
      return new SmokeTest(stack, "smoke", { dependsOn: [dependable] });
    };
    expect(synth(build).resource("kubernetes_deployment_v1", "smoke")).toEqual({
      ...inflate(),
      depends_on: ["helm_release.pools"],
    });
  });

  test.each([-1, 1.5])("refuses %p pods", (replicas) => {
    expect(problems({ replicas })).toEqual([
      `"replicas" is ${replicas}, but must be a whole number from 0; take 0 for no pods`,
    ]);
  });

  test("refuses a namespace that is none, and everything else at once", () => {
    expect(problems({ namespace: "A_B", replicas: -1 })).toEqual([
      expect.stringMatching(/^"namespace" is "A_B", but must be a Kubernetes namespace: /),
      '"replicas" is -1, but must be a whole number from 0; take 0 for no pods',
    ]);
  });

  test("accepts what only Terraform knows", () => {
    expect(problems({ replicas: Token.asNumber(variable("replicas")), namespace: variable("namespace") })).toEqual([]);
  });
});
