import type { Construct } from "constructs";
import { Token } from "cdktf";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { knownKubernetesRange, kubernetesRangeAtPlan, kubernetesRangeRules } from "./inputs/catalog/kubernetes-range";
import { isLeftToPlan, ruleAtPlan } from "./inputs/rule-at-plan";
import type { KarpenterProps } from "./karpenter-props";
import { addPreconditions } from "./terraform/precondition";
import { DEFAULT_KARPENTER_VERSION } from "./versions";

/**
 * Asks at plan whether the release is made for the cluster's Kubernetes, where only Terraform knows one of the two, such as
 * `kubernetesVersion: cluster.version`. The question stands on a data source that nothing else reads, as those on the
 * environment do.
 */
export function checkKubernetesAtPlan(scope: Construct, props: KarpenterProps): void {
  const { karpenterVersion = DEFAULT_KARPENTER_VERSION, kubernetesVersion, allowNewerKarpenterVersion } = props;
  const values = { karpenterVersion, kubernetesVersion, allowNewerKarpenterVersion };
  const rules = kubernetesRangeRules.filter((rule) => kubernetesVersion !== undefined && isLeftToPlan(rule, values));
  if (rules.length > 0) {
    const isKnown = !Token.isUnresolved(karpenterVersion);
    addPreconditions(
      new DataAwsPartition(scope, "kubernetes-version"),
      rules.map((rule) =>
        ruleAtPlan(rule, values, {
          kubernetesRange: (at) =>
            isKnown ? knownKubernetesRange(karpenterVersion) : kubernetesRangeAtPlan(at("karpenterVersion")),
        }),
      ),
    );
  }
}
