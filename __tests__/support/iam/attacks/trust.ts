import type { RequestContext } from "../conditions";
import type { Installation } from "../installation";
import type { Loosening } from "../loosening";
import { alsoAllowing, forAnyone, without } from "../loosening";
import type { AccessRequest, Principal } from "../simulator";
import type { Attack } from "./attack";
import { attack } from "./attack";

const WEB = "AssumeRoleWithServiceAccount";
const PODS = "AssumeRoleWithPodIdentity";
const FARGATE = "AssumeRoleByFargatePods";
const NODES = "AssumeRoleByNodes";
const OTHER_ACCOUNT = "444455556666";

/** Taking a role; a key with an empty value is one that the request does not have. */
function assume(
  principal: Principal,
  role: string,
  context: RequestContext,
  action = "sts:AssumeRole",
): AccessRequest[] {
  const given = Object.entries(context).filter(([, value]) => value !== "");
  return [{ principal, action, resource: role, context: Object.fromEntries(given) }];
}

const service = (id: string): Principal => ({ type: "Service", id });

/** Taking the controller's role with the token of a service account. */
export function withToken(
  { issuer, oidcProviderArn, controllerRoleArn }: Installation,
  {
    provider = oidcProviderArn,
    from = issuer,
    sub = "system:serviceaccount:karpenter:karpenter",
    aud = "sts.amazonaws.com",
  } = {},
): AccessRequest[] {
  const principal: Principal = { type: "Federated", id: provider };
  return assume(
    principal,
    controllerRoleArn,
    { [`${from}:sub`]: sub, [`${from}:aud`]: aud },
    "sts:AssumeRoleWithWebIdentity",
  );
}

/** Taking the controller's role through the EKS Pod Identity Agent. */
export function withPodIdentity(
  { place, cluster, podIdentityRoleArn }: Installation,
  {
    by = "pods.eks.amazonaws.com",
    name = cluster,
    region = place.region,
    account = place.accountId,
    action = "sts:AssumeRole",
  } = {},
): AccessRequest[] {
  const source = `arn:${place.partition}:eks:${region}:${account}:cluster/${name}`;
  return assume(service(by), podIdentityRoleArn, { "aws:SourceAccount": account, "aws:SourceArn": source }, action);
}

/** Running a pod on Fargate. */
export function onFargate(
  { place, cluster, podExecutionRoleArn }: Installation,
  { by = "eks-fargate-pods.amazonaws.com", name = cluster, region = place.region, account = place.accountId } = {},
): AccessRequest[] {
  const source = `arn:${place.partition}:eks:${region}:${account}:fargateprofile/${name}/karpenter/1234`;
  return assume(service(by), podExecutionRoleArn, { "aws:SourceArn": source });
}

/** Running a node. */
export function asNode({ nodeRoleArn }: Installation, by = "ec2.amazonaws.com"): AccessRequest[] {
  return assume(service(by), nodeRoleArn, {});
}

/** Becoming the controller, a pod of Fargate or a node. */
export function takingRoles(installation: Installation): readonly Attack[] {
  const { issuer, oidcProviderArn, place, partition, controllerRoleArn, nodeRoleArn } = installation;
  const subjects = {
    "another service account": "system:serviceaccount:karpenter:default",
    "a service account of a longer name": "system:serviceaccount:karpenter:karpenter-2",
    "a service account of a shorter name": "system:serviceaccount:karpenter:karpente",
    "its name in another namespace": "system:serviceaccount:default:karpenter",
    "its name in capitals": "system:serviceaccount:karpenter:Karpenter",
    "a wildcard": "system:serviceaccount:karpenter:*",
    "the namespace alone": "system:serviceaccount:karpenter:",
    "no service account": "",
  };
  const audiences = {
    "another audience": "vault",
    "a longer audience": "sts.amazonaws.com.example",
    "no audience": "",
  };
  const otherIssuer = issuer.replace(/[^/]+$/, "FEDCBA9876543210FEDCBA9876543210");
  const otherProvider = oidcProviderArn.replace(issuer, otherIssuer);
  const providers: Readonly<Record<string, Parameters<typeof withToken>[1]>> = {
    "another cluster's issuer": { provider: otherProvider, from: otherIssuer },
    "a public issuer": {
      provider: otherProvider.replace(otherIssuer, "token.actions.githubusercontent.com"),
      from: "token.actions.githubusercontent.com",
    },
  };
  const sources = {
    "another cluster": { name: "other" },
    "a cluster of a longer name": { name: "demo-2" },
    "a cluster of its name in another region": { region: "us-west-2" },
  };
  const inOtherAccount = { account: OTHER_ACCOUNT };
  const keys = (sid: string): Loosening[] => [without(`${issuer}:sub`, sid), without(`${issuer}:aud`, sid)];
  const someone: Principal = { type: "AWS", id: `arn:${partition}:iam::${OTHER_ACCOUNT}:role/someone` };
  const byOther = (name: string, sid: string, call: readonly AccessRequest[]) => attack(name, call, forAnyone(sid));

  return [
    ...Object.entries(subjects).map(([name, sub]) =>
      attack(`becoming the controller as ${name}`, withToken(installation, { sub }), without(":sub", WEB)),
    ),
    ...Object.entries(audiences).map(([name, aud]) =>
      attack(
        `becoming the controller with a token for ${name}`,
        withToken(installation, { aud }),
        without(":aud", WEB),
      ),
    ),
    ...Object.entries(providers).map(([name, given]) =>
      attack(
        `becoming the controller with a token of ${name}`,
        withToken(installation, given),
        forAnyone(WEB),
        ...keys(WEB),
      ),
    ),
    byOther(
      "becoming the controller by a provider of another account",
      WEB,
      withToken(installation, { provider: oidcProviderArn.replace(place.accountId, OTHER_ACCOUNT) }),
    ),
    attack(
      "becoming the controller without a token",
      assume(someone, controllerRoleArn, {}),
      forAnyone(WEB),
      alsoAllowing(["sts:AssumeRole"], WEB),
      ...keys(WEB),
    ),
    ...Object.entries(sources).map(([name, given]) =>
      attack(
        `becoming the controller by Pod Identity of ${name}`,
        withPodIdentity(installation, given),
        without("aws:SourceArn", PODS),
      ),
    ),
    attack(
      "becoming the controller by Pod Identity of another account",
      withPodIdentity(installation, inOtherAccount),
      without("aws:SourceArn", PODS),
      without("aws:SourceAccount", PODS),
    ),
    ...["ec2.amazonaws.com", "eks.amazonaws.com", "lambda.amazonaws.com"].map((by) =>
      byOther(`becoming the controller as ${by}`, PODS, withPodIdentity(installation, { by })),
    ),
    attack(
      "naming another identity in a session of Pod Identity",
      withPodIdentity(installation, { action: "sts:SetSourceIdentity" }),
      alsoAllowing(["sts:SetSourceIdentity"], PODS),
    ),
    ...Object.entries({ ...sources, "a cluster of its name in another account": inOtherAccount }).map(([name, given]) =>
      attack(`running a pod on Fargate of ${name}`, onFargate(installation, given), without("aws:SourceArn", FARGATE)),
    ),
    attack(
      "running a pod on Fargate of no profile",
      onFargate(installation).map((request) => ({ ...request, context: {} })),
      without("aws:SourceArn", FARGATE),
    ),
    ...["eks.amazonaws.com", "ecs-tasks.amazonaws.com"].map((by) =>
      byOther(`running as Fargate's role by ${by}`, FARGATE, onFargate(installation, { by })),
    ),
    ...["lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "ssm.amazonaws.com"].map((by) =>
      byOther(`running as a node by ${by}`, NODES, asNode(installation, by)),
    ),
    byOther("running as a node by another account", NODES, assume(someone, nodeRoleArn, {})),
  ];
}
