import * as aws from "../lib/inputs/catalog/aws";
import { KARPENTER_PROPERTIES } from "../lib/inputs/catalog/properties";
import type { MovedName, ObjectField } from "../lib/inputs/field";
import { about, list, object, string, text } from "../lib/inputs/field-builders";
import { without } from "../lib/terraform/known-values";
import { STATE_BACKEND } from "./state-fields";
import * as rules from "./state-rules";

/** How and where a cluster's stack is deployed. */
const DEPLOYMENT = {
  name: about(
    "Name of the stack, as `cdktf deploy` takes it, and part of where its state is kept; when left out, <clusterName>-<region>.",
    text(rules.stackName),
  ),
  region: about("Region that the cluster is in.", text(rules.clusterRegion)),
  assumeRoleArn: about(
    "ARN of a role that Terraform becomes in the cluster's account; when left out, the credentials that Terraform finds.",
    text(aws.roleArn),
  ),
  clusterCertificateAuthority: about(
    "Certificate authority of the cluster's API server in base64, as EKS gives it; when left out, read from EKS.",
    text(rules.certificateAuthority),
  ),
  kubeConfigPath: about(
    "Kubeconfig file to reach the cluster with; when left out, a token of `aws eks get-token`.",
    text(rules.kubeConfigPath),
  ),
  kubeConfigContext: about(
    "Context of the kubeconfig file; when left out, the file's current one.",
    text(rules.kubeConfigContext),
  ),
  defaultTags: about("Tags that the AWS provider puts on everything it makes.", aws.tags),
  backend: STATE_BACKEND,
};

/** What the stack makes itself. */
const PROVIDERS = ["awsProvider", "helmProvider"];
const REQUIRED = ["clusterName", "region"];

/** The options of a cluster in code. */
export const CLUSTER_PROPERTIES: ObjectField = object(
  { ...without(KARPENTER_PROPERTIES.fields, ...PROVIDERS), ...DEPLOYMENT },
  REQUIRED,
);

/** What a file cannot say, or should not: constructs, and a login. */
const IN_CODE_ALONE: readonly MovedName[] = [
  ...Object.entries(CLUSTER_PROPERTIES.fields)
    .filter(([, { kind }]) => kind === "constructs")
    .map(([name]) => ({ name, told: "only a program that calls fleet() can name constructs; leave it out" })),
  ...["chartRepositoryUsername", "chartRepositoryPassword"].map((name) => ({
    name,
    told: "a login belongs in no file; leave it out, and give it to fleet() in a program",
  })),
];

/** What each cluster has for itself. */
const OWN_NAMES: readonly MovedName[] = ["name", "clusterName"].map((name) => ({
  name,
  told: "every cluster has its own; give it to the clusters one by one",
}));

const inFile = without(CLUSTER_PROPERTIES.fields, ...namesOf(IN_CODE_ALONE));

function namesOf(moved: readonly MovedName[]): string[] {
  return moved.map(({ name }) => name);
}

/** A cluster of the clusters file; the defaults may give what it leaves out. */
export const CLUSTER_ENTRY: ObjectField = object(inFile, ["clusterName"], [], IN_CODE_ALONE);

/** What all clusters of the file have in common. */
export const CLUSTER_DEFAULTS: ObjectField = object(
  without(inFile, ...namesOf(OWN_NAMES)),
  [],
  [],
  [...OWN_NAMES, ...IN_CODE_ALONE],
);

/** What a fleet is held against. */
export interface FleetFields {
  /** A cluster, with the defaults below it. */
  readonly cluster: ObjectField;
  readonly defaults: ObjectField;
}

/** A fleet that a program describes. */
export const FLEET_IN_CODE: FleetFields = {
  cluster: CLUSTER_PROPERTIES,
  defaults: object(without(CLUSTER_PROPERTIES.fields, ...namesOf(OWN_NAMES)), [], [], OWN_NAMES),
};

/** A fleet that the clusters file describes. */
export const FLEET_IN_FILE: FleetFields = {
  cluster: { ...CLUSTER_ENTRY, required: REQUIRED },
  defaults: CLUSTER_DEFAULTS,
};

/** The clusters file. */
export const CLUSTERS_FILE: ObjectField = object(
  {
    $schema: about("This schema, for editors.", string),
    defaults: about(
      "Options of every cluster. A cluster's own value wins as a whole; tags and defaultTags are merged.",
      CLUSTER_DEFAULTS,
    ),
    clusters: about(
      "The clusters, at least one. Each becomes a stack with its own state.",
      list(about("A cluster.", CLUSTER_ENTRY), { min: 1 }),
    ),
  },
  ["clusters"],
);
