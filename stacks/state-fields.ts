import { roleArn } from "../lib/inputs/catalog/aws";
import type { VariantField } from "../lib/inputs/field";
import { about, bool, object, string, text } from "../lib/inputs/field-builders";
import * as rules from "./state-rules";

const type = about("Where the state is kept.", string);

/** Where a stack's state is kept, and the options of each place. */
export const STATE_BACKEND: VariantField = about(
  "Where the state is kept: in a file (local), in an S3 bucket (s3), or in HCP Terraform (cloud); when left out, in a file beside the output folder.",
  {
    kind: "variant",
    by: "type",
    remedy: 'take "s3" for a state that a team shares, "cloud" for HCP Terraform, "local" for one machine',
    variants: {
      local: object({
        type,
        path: about(
          "File that holds the state, relative to the project's folder or absolute; when left out, terraform.<stack>.tfstate.",
          text(rules.statePath),
        ),
      }),
      s3: object(
        {
          type,
          bucket: about("Name of the bucket that holds the state.", text(rules.bucketName)),
          region: about("Region that the bucket is in.", text(rules.stateRegion)),
          key: about(
            "Key of the object that holds the state; when left out, karpenter/<stack>.tfstate.",
            text(rules.stateKey),
          ),
          kmsKeyArn: about(
            "ARN of the KMS key that encrypts the state; when left out, the bucket's own encryption.",
            text(rules.stateKmsKey),
          ),
          roleArn: about(
            "ARN of the role to read and write the state as; when left out, the credentials that Terraform finds.",
            text(roleArn),
          ),
          useLockfile: about(
            "Whether two runs at once are kept apart by a lock file in the bucket; needs Terraform or OpenTofu 1.10.",
            bool,
            true,
          ),
        },
        ["bucket", "region"],
      ),
      cloud: object(
        {
          type,
          organization: about("Name of the organization.", text(rules.organization)),
          workspace: about("Name of the workspace; when left out, karpenter-<stack>.", text(rules.workspaceName)),
          hostname: about("Host of Terraform Enterprise; when left out, HCP Terraform.", text(rules.hostname)),
        },
        ["organization"],
      ),
    },
  },
);
