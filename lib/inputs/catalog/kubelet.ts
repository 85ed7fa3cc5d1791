import * as api from "./api-values";
import type { Field, MovedName, ObjectField, Stricter, ValueRule } from "../field";
import { about, bool, list, map, numeric, object, since, string, text } from "../field-builders";
import { KUBELET_FIELDS, type KubeletType } from "../../versions/kubelet-fields";
import { kubeletRules } from "./kubelet-rules";
import { EVICTION_SIGNALS, kubeletAmount, maxPods, reservedAmount, thresholds, whole } from "./kubelet-values";

const SIZES: ReadonlySet<string> = new Set(["containerLogMaxSize"]);

/** From 1.15 on, the API server takes whatever there is in a kubelet's configuration; the controller looks at it. */
const ofController: Stricter = { stricter: { since: "1.15" } };
const controlled = <F extends Field>(field: F): F => ({ ...field, ...ofController });

const count = numeric(whole(0, 2 ** 31 - 1, "leave it out for the default"));
const percent = numeric(whole(0, 100, "it is in percent"));
const signals = (name: string, of: Field): Field =>
  controlled(map(controlled(of), [api.oneOfKeys(name, EVICTION_SIGNALS)]));
const reserved = (name: string): Field =>
  controlled(
    map(controlled(text(...reservedAmount(name))), [
      api.oneOfKeys(name, ["cpu", "memory", "ephemeral-storage", "pid"]),
    ]),
  );

/** The fields that node classes have always had. */
const FIELDS: Readonly<Record<string, Field>> = {
  clusterDNS: about("Addresses that pods ask for names.", controlled(list(controlled(string)))),
  cpuCFSQuota: about("Whether containers' cpu limits are enforced.", controlled(bool)),
  evictionHard: about(
    'When pods are evicted at once: a signal to what must be left, "5%" or "500Mi".',
    signals("evictionHard", text(...thresholds)),
  ),
  evictionMaxPodGracePeriod: about(
    "How long an evicted pod may take to end, in seconds.",
    controlled(
      numeric(
        { ...api.anyInt32, ...ofController },
        { ...whole(0, 2 ** 31 - 1, "it is in seconds"), since: "1.15", stricter: {} },
      ),
    ),
  ),
  evictionSoft: about(
    "When pods are evicted after a while: a signal to what must be left.",
    signals("evictionSoft", text(...thresholds)),
  ),
  evictionSoftGracePeriod: about(
    "How long each of evictionSoft is let be, 1m30s.",
    signals("evictionSoftGracePeriod", text(...api.goDuration)),
  ),
  imageGCHighThresholdPercent: about("How full the disk is when images are removed, in percent.", controlled(percent)),
  imageGCLowThresholdPercent: about(
    "How full the disk is when no more images are removed, in percent.",
    controlled(percent),
  ),
  kubeReserved: about(
    "Resources for the kubelet and the container runtime; CEL with the gate nodeClassCEL.",
    reserved("kubeReserved"),
  ),
  maxPods: about(
    "How many pods a node takes; CEL with the gate nodeClassCEL.",
    controlled({ kind: "quantity", rules: maxPods }),
  ),
  podsPerCore: about("How many pods a node takes for each core.", controlled(count)),
  systemReserved: about("Resources for the system; CEL with the gate nodeClassCEL.", reserved("systemReserved")),
};

/** The fields since 1.15 are the kubelet's own, and no matter of the API server's. */
const ofKubelet = <F extends Field>(field: F): F =>
  about("As the kubelet has it: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/.", {
    ...field,
    stricter: {},
  });
const integer = (from: number, to: number): Field =>
  ofKubelet(numeric({ ...whole(from, to, "leave it out for the default"), stricter: {} }));
const rulesOf = (rules: readonly ValueRule<string>[]): Field => ofKubelet(text(...rules));

const TYPES: Readonly<Record<string, Field>> = {
  string: ofKubelet(string),
  bool: ofKubelet(bool),
  int32: integer(-(2 ** 31), 2 ** 31 - 1),
  uint32: integer(0, 2 ** 32 - 1),
  int64: ofKubelet(numeric({ ...api.int64, stricter: {} })),
  float64: ofKubelet(numeric()),
  duration: rulesOf(api.goDuration),
  time: rulesOf(api.dateTime.map((rule) => ({ ...rule, stricter: {} }))),
  TimeOrMetaDuration: rulesOf(api.goDuration),
  Quantity: ofKubelet({ kind: "quantity", rules: kubeletAmount }),
  QuantityValue: ofKubelet({ kind: "quantity", rules: kubeletAmount }),
  size: rulesOf(kubeletAmount),
};

function fieldOf(type: KubeletType): Field {
  if (typeof type === "string") {
    return TYPES[type];
  }
  if (Array.isArray(type)) {
    return ofKubelet(list(fieldOf(type[0])));
  }
  const fields = type as Readonly<Record<string, KubeletType>>;
  return "*" in fields ? ofKubelet(map(fieldOf(fields["*"]))) : ofKubelet(objectOf(fields));
}

function objectOf(fields: Readonly<Record<string, KubeletType>>): ObjectField {
  return object(
    Object.fromEntries(
      Object.entries(fields).map(([name, type]) => [name, SIZES.has(name) ? TYPES.size : fieldOf(type)]),
    ),
  );
}

const minimumReclaim = ofKubelet(
  map(ofKubelet(text(...thresholds.filter(({ until }) => until === undefined))), [
    { ...api.oneOfKeys("evictionMinimumReclaim", EVICTION_SIGNALS), stricter: {} },
  ]),
);

/** Each stands in a table once, so fields of one type share it. */
const shared = new Map<Field, Field>();
function since115(field: Field): Field {
  const found = shared.get(field) ?? since("1.15", field);
  shared.set(field, found);
  return found;
}

const MOVED: readonly MovedName[] = [
  { name: "registerWithTaints", told: 'Karpenter sets it: write "taints" of the pool' },
];

const NEWER = Object.fromEntries(
  Object.entries({ ...objectOf(KUBELET_FIELDS).fields, evictionMinimumReclaim: minimumReclaim })
    .filter(([name]) => MOVED.every((moved) => moved.name !== name))
    .map(([name, field]) => [name, since115(field)]),
);

/** The kubelet's configuration. https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet */
export const kubelet = about("The kubelet of a node.", {
  ...object({ ...NEWER, ...FIELDS }, [], kubeletRules, MOVED),
  ...ofController,
});
