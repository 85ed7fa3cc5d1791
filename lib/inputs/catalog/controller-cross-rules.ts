/** Rules on several inputs of the controller's chart and pods. */
import { isGiven } from "../../terraform/known-values";
import type { CrossRule } from "../cross-rule";
import { all, any, given, implies, is, not, passes, predicate, sized } from "../predicate";

/** The release that a tag names, where it names one. */
const RELEASE = "^v?([0-9]+[.][0-9]+[.][0-9]+)";

/** What goes together, wherever the controller runs. */
export const controllerCrossRules: readonly CrossRule[] = [
  {
    refusal:
      '"{controllerImageTag}" is <controllerImageTag> and "{controllerImageDigest}" is null, but must come with a digest: the ' +
      "chart names one of its own, and by it the image is taken whatever the tag says; give the digest of your image, or " +
      '"" to take it by its tag',
    condition: implies(given("controllerImageTag"), given("controllerImageDigest")),
  },
  {
    refusal:
      '"{controllerImageTag}" is <controllerImageTag>, but must be of release <karpenterVersion>, as CRDs, permissions and ' +
      'settings are; take an image of that release, or set "{karpenterVersion}" to the image\'s',
    condition: predicate(
      ({ controllerImageTag: tag, karpenterVersion }) => {
        const release = isGiven(tag) ? new RegExp(RELEASE).exec(String(tag))?.[1] : undefined;
        return release === undefined || release === karpenterVersion;
      },
      (at) =>
        `try(regex("${RELEASE}", ${at("controllerImageTag")})[0], ${at("karpenterVersion")}) == ${at("karpenterVersion")}`,
    ),
  },
  {
    refusal:
      '"{controllerNoProxy}" is <controllerNoProxy>, but must be left out without a proxy; give "{controllerHttpsProxy}", or ' +
      "leave it out",
    condition: any(given("controllerHttpProxy"), given("controllerHttpsProxy"), sized("controllerNoProxy", { max: 0 })),
  },
  {
    refusal:
      '"{helmWait}" is false, but must be true while "{helmAtomic}" is true: Helm can only undo what it waits for; leave one ' +
      "of the two out",
    condition: not(all(is("helmAtomic", true), is("helmWait", false))),
  },
  {
    refusal:
      '"{chartRepositoryCaFile}" is <chartRepositoryCaFile>, but must be left out while "{chartRepository}" is ' +
      "<chartRepository>: Helm reads it for repositories at https:// only; leave it out, and let the machine that runs " +
      "Terraform trust the registry, with SSL_CERT_FILE for example",
    condition: implies(given("chartRepositoryCaFile"), passes("chartRepository", { matches: "^https://" })),
  },
];

/**
 * Fargate gives each pod a node of its own: none has a label to select by, and no affinity counts.
 *
 * @param onFargate the input that says whether the controller runs there
 */
export function placementRules(onFargate: "createFargateProfile" | "onFargate"): readonly CrossRule[] {
  return (["controllerNodeSelector", "controllerAffinity"] as const).map((name) => ({
    refusal:
      `"{${name}}" is <${name}>, but must be left out while the controller runs on Fargate ("{${onFargate}}" is ` +
      `<${onFargate}>), where each pod has a node of its own that nobody labels; leave it out, or set "{${onFargate}}" to ` +
      "false and run the controller on nodes",
    condition: any(is(onFargate, false), sized(name, { max: 0 })),
  }));
}
