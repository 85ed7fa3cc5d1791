/** Whom AWS takes the controller for, and whether spot instances may start. */
import { ifThere, onAllPages } from "../../aws/answers";
import { check } from "../check";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, ok, warning } from "../verdict";
import { eksCluster } from "./eks-cluster";

/** The OIDC provider of IAM that tokens of the cluster's service accounts are taken to. */
export interface OidcFacts {
  readonly issuer: string | undefined;
  /** ARNs of all providers of the account. */
  readonly providers: readonly string[];
  /** Whom the provider of this issuer takes tokens for; undefined where there is none. */
  readonly audiences: readonly string[] | undefined;
  /** Service accounts that have a role by EKS Pod Identity, `karpenter/karpenter`. */
  readonly podIdentities: readonly string[];
}

const AUDIENCE = "sts.amazonaws.com";

export function judgeOidcProvider({ issuer, audiences, providers, podIdentities }: OidcFacts): readonly Verdict[] {
  const named = podIdentities.filter((account) => account.endsWith("/karpenter"));
  if (issuer === undefined) {
    return [error("the cluster has no OIDC issuer, so that no service account can take a role by IRSA")];
  }
  if (audiences === undefined) {
    return named.length > 0
      ? [ok(`there is no OIDC provider of ${issuer}, and ${named.join(", ")} has its role by EKS Pod Identity`)]
      : [
          error(
            `IAM has no OIDC provider of ${issuer}${providers.length === 0 ? "" : `, but those of ${providers.map(issuerOf).join(", ")}`}: the controller cannot take its role; make aws_iam_openid_connect_provider with the client id ${AUDIENCE}`,
          ),
        ];
  }
  return audiences.includes(AUDIENCE)
    ? [ok(`IAM has the OIDC provider of ${issuer}`)]
    : [
        error(
          `the OIDC provider of ${issuer} takes tokens for ${audiences.join(", ") || "nobody"}, but must for ${AUDIENCE}; add this client id`,
        ),
      ];
}

/** `oidc.eks.eu-north-1.amazonaws.com/id/EXAMPLE` of a provider's ARN or an issuer's URL. */
function issuerOf(text: string): string {
  return text.replace(/^arn:[^/]*\//, "").replace(/^https:\/\//, "");
}

async function gatherOidc({ ask, aws }: Sources): Promise<OidcFacts> {
  const { oidcIssuer, name } = await ask(eksCluster);
  const { OpenIDConnectProviderList: list = [] } = await aws.iam.listOpenIDConnectProviders({});
  const providers = list.flatMap(({ Arn }) => (Arn === undefined ? [] : [Arn]));
  const own = providers.find((arn) => oidcIssuer !== undefined && issuerOf(arn) === issuerOf(oidcIssuer));
  const described =
    own === undefined ? undefined : await ifThere(aws.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: own }));
  const associations =
    own === undefined
      ? await onAllPages(
          (nextToken) => aws.eks.listPodIdentityAssociations({ clusterName: name, nextToken }),
          (page) => page.associations,
          (page) => page.nextToken,
        )
      : [];
  return {
    issuer: oidcIssuer,
    providers,
    audiences: described === undefined ? undefined : (described.ClientIDList ?? []),
    podIdentities: associations.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`),
  };
}

const SPOT_ROLE = "AWSServiceRoleForEC2Spot";

export function judgeSpotRole(isThere: boolean): readonly Verdict[] {
  return isThere
    ? [ok(`the account has ${SPOT_ROLE}`)]
    : [
        warning(
          `the account has no ${SPOT_ROLE}: its first spot instance fails; once per account, aws iam create-service-linked-role --aws-service-name spot.amazonaws.com, or create_spot_service_linked_role`,
        ),
      ];
}

export const IDENTITY_CHECKS = [
  check("oidc-provider", gatherOidc, judgeOidcProvider),
  check(
    "spot-role",
    // By the path that IAM keeps for this service: the same in each partition.
    async ({ aws }) =>
      ((await aws.iam.listRoles({ PathPrefix: "/aws-service-role/spot.amazonaws.com/" })).Roles ?? []).length > 0,
    judgeSpotRole,
  ),
];
