import { Token } from "cdktf";
import { tfString } from "./terraform/expression";

/** The name at the end of a role's ARN, without its path. */
export function roleNameOf(roleArn: string): string {
  return Token.isUnresolved(roleArn) ? tfString`regex("[^/]+$", ${roleArn})` : (roleArn.split("/").pop() ?? roleArn);
}

/** The name of a queue, from its ARN. */
export function queueNameOf(queueArn: string): string {
  return Token.isUnresolved(queueArn)
    ? tfString`element(split(":", ${queueArn}), 5)`
    : (queueArn.split(":").pop() ?? queueArn);
}

/** The issuer of an OIDC provider without its `https://`, from the provider's ARN. */
export function issuerOf(oidcProviderArn: string): string {
  return Token.isUnresolved(oidcProviderArn)
    ? tfString`replace(${oidcProviderArn}, "/^.*:oidc-provider\\//", "")`
    : oidcProviderArn.replace(/^.*:oidc-provider\//, "");
}

/**
 * A role's ARN as the aws-auth ConfigMap needs it: that authenticator knows no paths.
 * https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function arnWithoutPath(roleArn: string): string {
  return Token.isUnresolved(roleArn)
    ? tfString`replace(${roleArn}, "/:role\\/.*\\//", ":role/")`
    : roleArn.replace(/:role\/.*\//, ":role/");
}

/** The partition, account and region that an OIDC provider's ARN tells. */
export function environmentOfOidcProvider(oidcProviderArn: string): {
  partition?: string;
  accountId?: string;
  region?: string;
} {
  const [, partition, , , accountId] = oidcProviderArn.split(":");
  const region = /oidc-provider\/oidc[.-]eks\.([a-z0-9-]+)\./.exec(oidcProviderArn)?.[1];
  return { partition, accountId, region };
}
