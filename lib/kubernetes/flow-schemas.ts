import { Construct } from "constructs";
import type { ITerraformDependable } from "cdktf";
import { Token } from "cdktf";
import { Release } from "@cdktf/provider-helm/lib/release";
import type { Toggle } from "../terraform/expression";
import { tf, tfString } from "../terraform/expression";
import { countOf, equals, not } from "../terraform/optional-resource";
import type { HelmHistoryProps } from "./helm-history";
import { maxHistoryOf } from "./helm-history";
import { chartSource } from "./packaged-chart";

/** What the controller's FlowSchemas are told from outside. */
export interface FlowSchemaOptions {
  /**
   * Whether to make FlowSchemas by which the API server answers the controller as it answers those of kube-system, where it has
   * such FlowSchemas of its own. In any other namespace the controller would share what is left with everyone else.
   *
   * @default - true unless `namespace` is "kube-system"
   */
  readonly createFlowSchemas?: Toggle;
  /**
   * The chart of the FlowSchemas, where it should not come from this library: its folder, or its address with its name,
   * `oci://registry.example/charts/karpenter-flow-schemas`. A registry is asked for the version of the chart that ships with
   * this library.
   *
   * @default - the one that ships with this library
   */
  readonly flowSchemasChart?: string;
}

/** Properties of {@link FlowSchemas}. */
export interface FlowSchemasProps extends FlowSchemaOptions, HelmHistoryProps {
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly createNamespace?: Toggle;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * The FlowSchemas that Karpenter's guide has for a controller outside of kube-system, as a Helm release. FlowSchemas of these
 * names that are there already, made by hand after that guide, are adopted.
 */
export class FlowSchemas extends Construct {
  constructor(scope: Construct, id: string, props: FlowSchemasProps) {
    super(scope, id);
    const isMade = makesFlowSchemas(props);
    if (isMade === false) {
      return;
    }
    new Release(this, "Resource", {
      name: "karpenter-flow-schemas",
      namespace: props.namespace,
      ...chartSource(this, "flow-schemas", props.flowSchemasChart),
      createNamespace: props.createNamespace,
      takeOwnership: true,
      maxHistory: maxHistoryOf(props),
      values: [tfString`yamlencode(${{ serviceAccountName: props.serviceAccountName }})`],
      count: countOf(isMade),
      dependsOn: props.dependsOn,
    });
  }
}

function makesFlowSchemas({ createFlowSchemas: own, namespace }: FlowSchemasProps): Toggle {
  const isOutside = not(equals(namespace, "kube-system"));
  return Token.isUnresolved(own) ? tf`coalesce(${own}, ${isOutside})` : (own ?? isOutside);
}
