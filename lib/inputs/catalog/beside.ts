import type { Field, ListField } from "../field";
import { about, bool, list, numeric, object, string, text } from "../field-builders";
import { matching } from "../rule";
import { amount } from "./node-pool";
import * as kubernetes from "./kubernetes";
import * as values from "./values";

const roleArnWithoutPath = matching("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@-]{1,64}$", {
  allowed: "the ARN of an IAM role without a path, arn:<partition>:iam::<account>:role/<name>",
  remedy: "leave the path out: the authenticator of the cluster knows none",
});

/** Role mappings of the aws-auth ConfigMap. */
export const mapRoles: ListField = {
  ...list(
    object(
      {
        rolearn: about("ARN of the role, without its path.", text(roleArnWithoutPath)),
        username: about("Name that the role has in the cluster.", string),
        groups: about("Groups that the role is in.", list(string)),
      },
      ["rolearn", "username", "groups"],
      [],
      [{ name: "roleArn", told: 'the ConfigMap spells it "rolearn"' }],
    ),
    { min: 1 },
  ),
  distinct: {},
};

/** The role mappings of a cluster without access entries. */
export const AWS_AUTH_INPUTS = {
  mapRoles: about(
    "Complete list of role mappings: awsAuthRoles of the root module, and all of your own; a plan that would drop others is refused.",
    mapRoles,
  ),
  dropOtherMappings: about(
    "Whether mappings that mapRoles does not name may be dropped; otherwise the plan is refused.",
    bool,
    false,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** The pods of the smoke test. */
export const SMOKE_TEST_INPUTS = {
  replicas: about(
    "How many pods ask for room; scale it up to see nodes come, and down to see them go.",
    numeric(values.wholeNumber(0, undefined, "take 0 for no pods")),
    0,
  ),
  cpuPerReplica: about("Cpu that each pod asks for.", amount, "1"),
  memoryPerReplica: about("Memory that each pod asks for.", amount, "1.5Gi"),
  image: about(
    "A pause image, for air-gapped clusters.",
    text(values.image),
    "public.ecr.aws/eks-distro/kubernetes/pause:3.7",
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What the modules have beside: who checks the inputs. */
export const CHECK_INPUTS = {
  checkInputs: about(
    "Whether inputs with objects in them are held against their rules; the root module does that itself.",
    bool,
    true,
  ),
} as const satisfies Readonly<Record<string, Field>>;

/** What the smoke test's pods are called and where they are; TypeScript alone has these. */
export const SMOKE_TEST_NAMES = {
  namespace: about("Namespace of the pods.", text(kubernetes.namespace), "default"),
  name: about("Name of the deployment.", text(kubernetes.deploymentName), "inflate"),
} as const satisfies Readonly<Record<string, Field>>;
