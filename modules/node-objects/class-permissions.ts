import type { IResolvable } from "cdktf";
import { ref } from "cdktf";
import type { ModuleVariable } from "../../lib/module";
import type { NamedByClasses, Place } from "../../lib/node-objects/class-permissions";
import { arnsAtPlan } from "../../lib/node-objects/class-permissions";
import { tf } from "../../lib/terraform/expression";

/** The ARNs of an input and of what the node classes made here name; needs `local.own_classes`. */
export function withNamedByClasses(input: ModuleVariable, named: NamedByClasses, place: Place): IResolvable {
  const text = `try(item.${named.item.join(".")}, null)`;
  const texts = ref(
    `[for item in flatten([for class in local.own_classes : try(class.own.${named.list}, [])]) : ${text} if ${text} != null]`,
  );
  return tf`distinct(concat(${input.value}, ${arnsAtPlan(named, texts, place)}))`;
}
