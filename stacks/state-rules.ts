import { matching } from "../lib/inputs/rule";

/** The path of a file: no control characters, and no slash at its end. */
const FILE_PATH = "^[^\\x00-\\x1f]*[^\\x00-\\x1f/]$";

/** A stack's name. */
export const stackName = matching("^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$", {
  allowed: "1 to 100 letters, digits, hyphens and underscores, the first a letter or digit",
  remedy: "leave it out to name the stack <clusterName>-<region>",
});

/** The region of a cluster; unlike elsewhere, there is no provider to take it from. */
export const clusterRegion = matching("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", {
  allowed: "an AWS region such as eu-north-1",
  remedy: "give the region that the cluster is in",
});

/** The certificate authority of an API server. */
export const certificateAuthority = matching("^[A-Za-z0-9+/]{16,}={0,2}$", {
  allowed: "a certificate in base64, on one line",
  remedy: "give certificateAuthority.data as EKS describes the cluster, or leave it out to have it read",
});

/** A kubeconfig file. */
export const kubeConfigPath = matching(FILE_PATH, {
  allowed: "the path of a kubeconfig file, relative to the stack's folder or absolute",
  remedy: "leave it out to use a token of aws eks get-token",
});

/** A context of a kubeconfig file. */
export const kubeConfigContext = matching("^[^\\x00-\\x1f]+$", {
  allowed: "the name of a context",
  remedy: "leave it out to use the file's current context",
});

/** A file for the state. */
export const statePath = matching(FILE_PATH, {
  allowed: "the path of a file, relative to the project's folder or absolute",
  remedy: "leave it out to use terraform.<stack>.tfstate",
});

/** An S3 bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = matching("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", {
  allowed: "the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
  remedy: "give the bucket's name, not its ARN",
});

/** An object's key for a state; safe characters only. */
export const stateKey = matching("^[0-9A-Za-z!_.*'()-][0-9A-Za-z!_.*'()/-]{0,1023}$", {
  allowed: "an S3 object key of 1 to 1024 letters, digits and characters of !_.*'()/-, not beginning with a slash",
  remedy: "leave it out to use karpenter/<stack>.tfstate",
});

/** The region of the bucket that holds the state. */
export const stateRegion = matching("^[a-z]{2,}(-[a-z]+)+-[0-9]+$", {
  allowed: "an AWS region such as eu-north-1",
  remedy: "give the region that the bucket is in",
});

/** A KMS key as the S3 backend takes it. */
export const stateKmsKey = matching("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", {
  allowed: "the ARN of a KMS key or alias",
  remedy: "leave it out to encrypt the state with the bucket's own key",
});

/** An organization of HCP Terraform. */
export const organization = matching("^[0-9A-Za-z][0-9A-Za-z_-]{2,39}$", {
  allowed: "the name of an organization: 3 to 40 letters, digits, hyphens and underscores",
  remedy: "give the name that stands in the organization's address",
});

/** A workspace of HCP Terraform. */
export const workspaceName = matching("^[0-9A-Za-z_-]{1,90}$", {
  allowed: "the name of a workspace: 1 to 90 letters, digits, hyphens and underscores",
  remedy: "leave it out to use karpenter-<stack>",
});

/** Where HCP Terraform or Terraform Enterprise runs. */
export const hostname = matching("^[0-9a-z]([0-9a-z.-]*[0-9a-z])?(:[0-9]{1,5})?$", {
  allowed: "a host name, without https://",
  remedy: "leave it out for HCP Terraform",
});
