import type { Field } from "../field";
import { about, list, map, optional, string, text } from "../field-builders";
import { matching } from "../rule";
import { affinity } from "./affinity";
import * as values from "./values";

const imageRepository = matching("^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+$", {
  allowed: 'a registry and a repository, "registry.example:5000/karpenter/controller"',
  remedy: "leave out https://, and give tag and digest by themselves",
});

const imageTag = matching("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", {
  allowed: "the tag of an image: up to 128 letters, digits and characters of _.-",
  remedy: "write it without the colon and without the repository",
});

const imageDigest = matching("^(sha256:[0-9a-f]{64})?$", {
  allowed: 'the digest of an image, "sha256:" and 64 hexadecimal digits, or "" for none',
  remedy: "take the one that your registry shows for the image",
});

const proxy = matching("^https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+\\])(:[0-9]{1,5})?/?$", {
  allowed: 'the address of a proxy without a login, "http://proxy.example:3128"',
  remedy: "put an address with a login into a Secret, and name that in the values of the chart, controller.envFrom",
});

const withoutProxy = matching("^([*][.])?[A-Za-z0-9.:_-]+(/[0-9]{1,3})?$", {
  allowed:
    'a host, a domain, an address or a range of addresses: "sts.eu-north-1.amazonaws.com", ".example", "100.64.0.0/10"',
  remedy: "write each as an item of its own, without https:// and without a path",
});

/** Where the controller's image comes from, by which way it reaches AWS, and which nodes it runs on. */
export const CONTROLLER_POD_INPUTS = {
  controllerImageRepository: optional(
    "Repository of the controller's image, for a mirror; when left out, the chart's own, public.ecr.aws/karpenter/controller.",
    text(imageRepository),
  ),
  controllerImageTag: optional(
    "Tag of the controller's image; needs controllerImageDigest. When left out, the chart's own, karpenterVersion.",
    text(imageTag),
  ),
  controllerImageDigest: optional(
    'Digest of the controller\'s image, "sha256:…", where the mirror has another one; "" takes the image by its tag alone. When left out, the chart\'s own.',
    text(imageDigest),
  ),
  controllerHttpProxy: optional("Proxy for what the controller asks over http; when left out, none.", text(proxy)),
  controllerHttpsProxy: optional(
    "Proxy for what the controller asks over https, which is all of AWS; when left out, none.",
    text(proxy),
  ),
  controllerNoProxy: about(
    "What the controller asks without the proxy, beside the cluster itself and private and link-local addresses: hosts, domains and ranges, such as those of VPC endpoints.",
    list(text(withoutProxy)),
    [],
  ),
  controllerNodeSelector: about(
    "Labels of the nodes that the controller runs on, beside the chart's own, kubernetes.io/os = linux; not on Fargate.",
    map(text(values.labelValue), [values.labelKey]),
    {},
  ),
  controllerAffinity: optional(
    "Affinity of the controller's pods, each part of it in place of the chart's own: nodes that are no NodePool's, and one node for each pod. Not on Fargate.",
    affinity,
  ),
  controllerPriorityClassName: optional(
    "Priority class of the controller's pods; when left out, the chart's own, system-cluster-critical.",
    text(values.objectName),
  ),
  controllerPodAnnotations: about("Annotations of the controller's pods.", map(string, [values.annotationKey]), {}),
} as const satisfies Readonly<Record<string, Field>>;
