import type { ListField } from "../field";
import { about, different, map, object, text } from "../field-builders";
import { matching } from "../rule";

/** A namespace. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const namespace = matching("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", {
  allowed: "a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens, without wildcards",
  remedy: "name one namespace exactly: whoever matches it may assume the role",
});

/** The name of a deployment whose container and label have it too. */
export const deploymentName = matching("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", {
  allowed: "1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends",
  remedy: "rename it: the container and the label of the pods are called so too",
});

/** The name of a Helm release. https://helm.sh/docs/chart_template_guide/builtin_objects/ */
export const releaseName = matching("^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$", {
  allowed: "the name of a Helm release: 1 to 53 lower-case letters, digits and hyphens, a letter or digit at both ends",
  remedy: "shorten or rename it",
});

/** A service account's name. */
export const serviceAccountName = matching("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", {
  allowed:
    "a Kubernetes service account name: 1 to 253 lower-case letters, digits, hyphens and dots, without wildcards",
  remedy: "name one service account exactly: whoever matches it may assume the role",
});

/** The key of a label in a selector of a Fargate profile, and its value: those of a label, or with wildcards. */
const fargateLabelKey = matching("^([A-Za-z0-9.*?-]{1,253}/)?[0-9A-Za-z_.*?-]{1,63}$", {
  allowed: "the key of a Kubernetes label, or with the wildcards * and ?",
  remedy: "write it as the pods have it",
});
const fargateLabelValue = matching("^[0-9A-Za-z_.*?-]{0,63}$", {
  allowed: "the value of a Kubernetes label of up to 63 characters, or with the wildcards * and ?",
  remedy: "write it in quotes, as the pods have it",
});

/** Which pods a Fargate profile takes: those of a namespace that carry all of the labels. */
export interface FargateProfileSelector {
  /** The namespace; `*` and `?` are wildcards. */
  readonly namespace: string;
  /**
   * Labels that a pod must carry, up to 5; `*` and `?` are wildcards in the values.
   *
   * @default - every pod of the namespace
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The selectors of a Fargate profile. https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html */
export const fargateSelectors: ListField = different(
  object(
    {
      namespace: about(
        "The namespace; `*` and `?` are wildcards.",
        text(
          matching("^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$", {
            allowed: "a namespace of 1 to 63 lower-case letters, digits and hyphens, or with the wildcards * and ?",
            remedy: "name the namespace",
          }),
        ),
      ),
      labels: about(
        "Labels that a pod must carry, up to 5; when left out, every pod of the namespace is taken.",
        map(text(fargateLabelValue), [fargateLabelKey], { size: { max: 5 } }),
      ),
    },
    ["namespace"],
  ),
  1,
  5,
  "put what else should run on Fargate into a Fargate profile of its own",
);
