/** Kubernetes' affinity of a pod. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ */
import type { Field, ObjectField, ObjectRule } from "../field";
import { about, list, map, numeric, object, oneOfStrings, string, text } from "../field-builders";
import { implies, is, sized } from "../predicate";
import * as values from "./values";

const weight = about("How much it counts, 1 to 100.", numeric(values.wholeNumber(1, 100, "100 counts most")));

const needsValues: ObjectRule = {
  refusal:
    '"{}.{values}" is <values>, but must have a value with the operators "In" and "NotIn"; ' +
    'name values, or take "Exists" for any of them and "DoesNotExist" for none',
  condition: implies(is("operator", "In", "NotIn"), sized("values", { min: 1 })),
};

const takesNoValues: ObjectRule = {
  refusal:
    '"{}.{values}" is <values>, but must be left out with the operators "Exists" and "DoesNotExist"; ' +
    'leave it out, or take "In" for certain values',
  condition: implies(is("operator", "Exists", "DoesNotExist"), sized("values", { max: 0 })),
};

const takesOneValue: ObjectRule = {
  refusal:
    '"{}.{values}" is <values>, but must have one value with the operators "Gt" and "Lt"; write the number in quotes, ["4"]',
  condition: implies(is("operator", "Gt", "Lt"), sized("values", { min: 1, max: 1 })),
};

function expression(key: Field, operators: readonly string[], rules: readonly ObjectRule[]): ObjectField {
  return object(
    {
      key,
      operator: about("How it is compared.", oneOfStrings(...operators)),
      values: about("What it is compared with.", list(string)),
    },
    ["key", "operator"],
    rules,
  );
}

const labelOfNode = about("A label of nodes.", text(values.labelKey));
const nodeTerm = object({
  matchExpressions: about(
    "Labels of the node, all of them.",
    list(
      expression(
        labelOfNode,
        ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
        [needsValues, takesNoValues, takesOneValue],
      ),
    ),
  ),
  matchFields: about(
    "Fields of the node, of which there is metadata.name.",
    list(expression(about("The field.", oneOfStrings("metadata.name")), ["In", "NotIn"], [needsValues])),
  ),
});

const labelSelector = object({
  matchLabels: about("Labels with their values.", map(text(values.labelValue), [values.labelKey])),
  matchExpressions: about(
    "Labels that are compared.",
    list(
      expression(
        about("A label.", text(values.labelKey)),
        ["In", "NotIn", "Exists", "DoesNotExist"],
        [needsValues, takesNoValues],
      ),
    ),
  ),
});

const podTerm = object(
  {
    topologyKey: about("A label of nodes that says what one place is, kubernetes.io/hostname.", text(values.labelKey)),
    labelSelector: about("Which pods; when left out, the controller's own.", labelSelector),
    namespaces: about("Namespaces of these pods; when left out, the controller's.", list(string)),
    namespaceSelector: about("Namespaces of these pods by their labels.", labelSelector),
    matchLabelKeys: about("Labels in whose values the pods must agree.", list(string)),
    mismatchLabelKeys: about("Labels in whose values the pods must differ.", list(string)),
  },
  ["topologyKey"],
);

const amongPods = object({
  requiredDuringSchedulingIgnoredDuringExecution: about("What must hold.", list(podTerm)),
  preferredDuringSchedulingIgnoredDuringExecution: about(
    "What had better hold.",
    list(object({ weight, podAffinityTerm: about("The term that counts.", podTerm) }, ["weight", "podAffinityTerm"])),
  ),
});

/** Where a pod may run. */
export const affinity = object({
  nodeAffinity: about(
    "On which nodes the pod runs.",
    object({
      requiredDuringSchedulingIgnoredDuringExecution: about(
        "What must hold.",
        object({ nodeSelectorTerms: about("Terms of which one must hold.", list(nodeTerm, { min: 1 })) }, [
          "nodeSelectorTerms",
        ]),
      ),
      preferredDuringSchedulingIgnoredDuringExecution: about(
        "What had better hold.",
        list(object({ weight, preference: about("The term that counts.", nodeTerm) }, ["weight", "preference"])),
      ),
    }),
  ),
  podAffinity: about("Beside which pods the pod runs.", amongPods),
  podAntiAffinity: about("Beside which pods the pod does not run.", amongPods),
});
