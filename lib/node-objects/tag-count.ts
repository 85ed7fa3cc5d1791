import { Token } from "cdktf";
import { isFields } from "../terraform/known-values";
import { TAG_COUNT } from "../inputs/catalog/api-values";
import type { NodeObjects } from "./node-objects";
import { ownClasses } from "./node-class-needs";

/** The words for a class that has too many tags with those of all classes. */
export function tooManyTags(path: string, count: string): string {
  return (
    `"${path}.tags" and what every node class gets from "tags" are ${count} tags together, but must be at most ` +
    `${TAG_COUNT.max}; ${TAG_COUNT.remedy}`
  );
}

/** Node classes that have too many tags, each right alone. */
export function classesWithTooManyTags(props: NodeObjects): string[] {
  const ofAll = props.nodeClassDefaults?.tags ?? {};
  return Token.isUnresolved(ofAll)
    ? []
    : ownClasses(props)
        .filter(({ own, isCompleted }) => isCompleted && isFields(own.tags))
        .map(({ path, own }) => ({ path, count: Object.keys({ ...ofAll, ...(own.tags as object) }).length }))
        .filter(({ count }) => count > (TAG_COUNT.max ?? Infinity))
        .map(({ path, count }) => tooManyTags(path, String(count)));
}
