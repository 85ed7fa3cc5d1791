/** Whether IAM has room for what an installation makes: its quotas are of the account, and others fill them. */
import { check } from "../check";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { orOk, warning } from "../verdict";

/** How many of something the account has, and how many it may have. */
export interface Quota {
  readonly of: string;
  readonly used: number;
  readonly limit: number;
}

/** What IAM calls them in the summary of an account, each beside its `…Quota`. */
const COUNTED = { Roles: "roles", InstanceProfiles: "instance profiles", Policies: "policies" } as const;

/** From here on a quota is near its end. */
const NEAR = 0.9;

export function judgeIamQuotas(quotas: readonly Quota[]): readonly Verdict[] {
  const near = quotas.filter(({ used, limit }) => used >= limit * NEAR);
  return orOk(
    near.map((quota) =>
      warning(
        `the account has ${inWords(quota)}; ask Service Quotas for more, or remove some: \`cdktf-karpenter cleanup\` lists ` +
          "what Karpenter has left behind",
      ),
    ),
    `the account has ${quotas.map(inWords).join(", ")}`,
  );
}

const inWords = ({ of, used, limit }: Quota): string => `${used} of ${limit} ${of}`;

async function gather({ aws }: Sources): Promise<readonly Quota[]> {
  const { SummaryMap: summary = {} } = await aws.iam.getAccountSummary({});
  const numbers: Readonly<Record<string, number | undefined>> = summary;
  return Object.entries(COUNTED).flatMap(([name, of]) => {
    const [used, limit] = [numbers[name], numbers[`${name}Quota`]];
    return used === undefined || limit === undefined ? [] : [{ of, used, limit }];
  });
}

export const IAM_QUOTA_CHECKS = [check("iam-quotas", gather, judgeIamQuotas)];
