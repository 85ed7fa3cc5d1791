/** The Fargate profiles, without which a cluster without nodes runs nothing. */
import { onAllPages } from "../../aws/answers";
import { check } from "../check";
import { controllerIfSeen } from "../installed";
import type { Sources } from "../sources";
import type { Verdict } from "../verdict";
import { error, ok, warning } from "../verdict";

/** A Fargate profile. */
export interface ProfileFacts {
  readonly name: string;
  readonly status: string;
  /** What EKS says is wrong with it. */
  readonly issues: readonly string[];
  readonly subnets: readonly string[];
  readonly selectors: readonly { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }[];
}

export async function fargateProfiles({ aws, options }: Sources): Promise<readonly ProfileFacts[]> {
  const { clusterName } = options;
  const names = await onAllPages(
    (nextToken) => aws.eks.listFargateProfiles({ clusterName, nextToken }),
    (page) => page.fargateProfileNames,
    (page) => page.nextToken,
  );
  return Promise.all(
    names.map(async (name) => {
      const { fargateProfile: profile = {} } = await aws.eks.describeFargateProfile({
        clusterName,
        fargateProfileName: name,
      });
      return {
        name,
        status: profile.status ?? "",
        issues: (profile.health?.issues ?? []).map(({ code, message }) => `${code}: ${message}`),
        subnets: profile.subnets ?? [],
        selectors: (profile.selectors ?? []).map(({ namespace = "", labels = {} }) => ({ namespace, labels })),
      };
    }),
  );
}

/** The profiles, and whether a controller waits for one. */
export interface FargateFacts {
  readonly profiles: readonly ProfileFacts[];
  /** The controller's namespace and whether it has all of its pods; undefined where none is seen. */
  readonly controller: { readonly namespace: string; readonly isAvailable: boolean } | undefined;
}

export function judgeFargate({ profiles, controller }: FargateFacts): readonly Verdict[] {
  const broken = profiles.flatMap(({ name, status, issues }) =>
    status === "ACTIVE" && issues.length === 0
      ? []
      : [error(`the Fargate profile ${name} is ${[status, ...issues].join(", ")}: its pods do not start`)],
  );
  const selects = profiles.some(({ selectors }) =>
    selectors.some(({ namespace }) => namespace === controller?.namespace),
  );
  const unselected =
    controller !== undefined && !controller.isAvailable && profiles.length > 0 && !selects
      ? [
          warning(
            `no Fargate profile selects pods of ${controller.namespace}, where the controller waits; Fargate looks at a pod once, when it is made: delete pending pods after a change`,
          ),
        ]
      : [];
  if (broken.length + unselected.length > 0) {
    return [...broken, ...unselected];
  }
  return [
    ok(
      profiles.length === 0
        ? "there is no Fargate profile"
        : `Fargate profiles are ACTIVE: ${profiles.map(({ name }) => name).join(", ")}`,
    ),
  ];
}

export const FARGATE_CHECKS = [
  check(
    "fargate",
    async ({ ask }): Promise<FargateFacts> => {
      const [profiles, seen] = await Promise.all([ask(fargateProfiles), ask(controllerIfSeen)]);
      return {
        profiles,
        controller:
          typeof seen === "object"
            ? { namespace: seen.namespace, isAvailable: seen.wanted > 0 && seen.available >= seen.wanted }
            : undefined,
      };
    },
    judgeFargate,
  ),
];
