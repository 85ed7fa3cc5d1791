import type { Construct } from "constructs";
import { AwsAuth } from "../lib/kubernetes/aws-auth";
import { ModuleStack, PROVIDERS } from "../lib/module";
import { CheckedInputs } from "./checked-inputs";
import { declareInputs } from "./inputs";

/** The module `aws-auth`. */
export class AwsAuthModule extends ModuleStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      path: "modules/aws-auth",
      providers: [PROVIDERS.helm, PROVIDERS.kubernetes],
      title: "Role mappings of the aws-auth ConfigMap",
      description: `
All role mappings of a cluster that knows no access entries, as a Helm release of the chart in \`charts/aws-auth\`. A plan
that would drop a mapping it was not told of is refused: whoever loses a mapping loses the cluster. A destroy leaves them.`,
    });
    const input = declareInputs(this, ["map_roles", "drop_other_mappings", "aws_auth_chart"]);
    const checked = new CheckedInputs(this, { inputs: { map_roles: input.map_roles }, source: "../input-check" });
    new AwsAuth(this, "aws-auth", {
      mapRoles: checked.value("map_roles"),
      dropOtherMappings: input.drop_other_mappings.booleanValue,
      awsAuthChart: input.aws_auth_chart.stringValue,
    });
  }
}
