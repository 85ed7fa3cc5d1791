/** What the cases of EC2NodeClasses share. */
import { TAGS } from "../values";

export const ALIAS = "al2023@v20260714";
/** A class that is right. */
export const withAlias = { amiAlias: ALIAS };

/** Terms beside one with each kind of tags. */
export const tagged = (terms: readonly object[]): object[][] => TAGS.map((tags) => [...terms, { tags }]);

/** Ids that are right and wrong. */
export const IDS = (prefix: string): string[] => [
  `${prefix}-0a1b`,
  `${prefix}-`,
  `${prefix}-A`,
  `x${prefix}-0`,
  `${prefix}-0 x`,
  prefix,
  "",
  `${prefix}-0-1`,
  `${prefix.toUpperCase()}-0`,
];
