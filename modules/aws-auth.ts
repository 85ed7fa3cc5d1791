import type { Construct } from "constructs";
import type { AwsAuthProps } from "../lib/kubernetes/aws-auth";
import { AwsAuth } from "../lib/kubernetes/aws-auth";
import { ModuleStack, PROVIDERS } from "../lib/module";
import { CheckedInputs } from "./checked-inputs";
import { AWS_AUTH_PROPERTIES } from "../lib/inputs/catalog/properties";
import { declareInputs, propsOf } from "./inputs";

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
    const fields = AWS_AUTH_PROPERTIES.fields;
    const input = declareInputs(this, fields);
    const checked = new CheckedInputs(this, { inputs: { map_roles: input.map_roles }, source: "../input-check" });
    new AwsAuth(this, "aws-auth", propsOf<AwsAuthProps>(input, fields, checked));
  }
}
