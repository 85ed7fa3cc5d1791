import { MINOR_VERSIONS } from "../../versions/minor-versions-by-number";
import { minorVersionOf } from "../../versions/karpenter-version";
import type { MinorVersion } from "../../versions";
import type { CrossRule } from "../cross-rule";
import { any, predicate, sized } from "../predicate";

/** Whether node classes may name AMIs by SSM parameters. */
const readsParameters = ({ controllerPolicies }: MinorVersion): boolean =>
  Object.values(controllerPolicies["resource-discovery"]).some(({ onlyIf }) => onlyIf === "amiParametersAreNamed");

const FIRST = MINOR_VERSIONS.find(readsParameters)?.minorVersion ?? "";

/** Parameters to read are only for controllers that read any but those of AWS. */
export const amiParameterRules: readonly CrossRule[] = [
  {
    refusal:
      '"{amiParameterArns}" is <amiParameterArns>, but must be left out with Karpenter <karpenterVersion>, whose node classes ' +
      `name no "ssmParameter"; leave it out, or take Karpenter ${FIRST} or later`,
    condition: any(
      sized("amiParameterArns", { max: 0 }),
      predicate(
        ({ karpenterVersion }) => readsParameters(minorVersionOf(String(karpenterVersion))),
        (at) => `tonumber(split(".", ${at("karpenterVersion")})[1]) >= ${FIRST.split(".")[1]}`,
      ),
    ),
  },
];
