import * as api from "./api-values";
import type { Field } from "../field";
import { about, bool, list, map, numeric, object, string, text } from "../field-builders";
import { kubeletRules } from "./kubelet-rules";
import * as values from "./values";

const count = numeric({ ...api.countInt32("leave it out for the default"), until: "1.15" });
const percent = numeric({ ...values.wholeNumber(0, 100, "it is in percent"), until: "1.15" });
const signals = (name: string, of: Field): Field =>
  map(of, [
    api.oneOfKeys(name, [
      "memory.available",
      "nodefs.available",
      "nodefs.inodesFree",
      "imagefs.available",
      "imagefs.inodesFree",
      "pid.available",
    ]),
  ]);
const reserved = (name: string): Field =>
  map(text(...api.reservedQuantity(name)), [api.oneOfKeys(name, ["cpu", "memory", "ephemeral-storage", "pid"])]);

/** The kubelet's configuration. https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet */
export const kubelet = about(
  "The kubelet of a node.",
  object(
    {
      clusterDNS: about("Addresses that pods ask for names.", list(string)),
      cpuCFSQuota: about("Whether containers' cpu limits are enforced.", bool),
      evictionHard: about(
        'When pods are evicted at once: a signal to what must be left, "5%" or "500Mi".',
        signals("evictionHard", text(api.evictionSignal)),
      ),
      evictionMaxPodGracePeriod: about(
        "How long an evicted pod may take to end, in seconds.",
        numeric({ ...api.anyInt32, until: "1.15" }),
      ),
      evictionSoft: about(
        "When pods are evicted after a while: a signal to what must be left.",
        signals("evictionSoft", text(api.evictionSignal)),
      ),
      evictionSoftGracePeriod: about(
        "How long each of evictionSoft is let be, 1m30s.",
        signals("evictionSoftGracePeriod", string),
      ),
      imageGCHighThresholdPercent: about("How full the disk is when images are removed, in percent.", percent),
      imageGCLowThresholdPercent: about("How full the disk is when no more images are removed, in percent.", percent),
      kubeReserved: about("Resources for the kubelet and the container runtime.", reserved("kubeReserved")),
      maxPods: about("How many pods a node takes.", count),
      podsPerCore: about("How many pods a node takes for each core.", count),
      systemReserved: about("Resources for the system.", reserved("systemReserved")),
    },
    [],
    kubeletRules,
  ),
);
