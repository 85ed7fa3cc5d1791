import { charactersOf } from "../../lib/inputs/value-test";
import { MAX_LISTED } from "../../lib/inputs/words";

/**
 * How the published modules hold an input against the table of types, in Terraform's own language. Terraform knows no
 * recursion, so each level of an input is made of the level above it.
 */

/** How deep an input may go: manifests[0].spec.template.spec.requirements[0].values[0] is eight levels below its name. */
const DEEPEST = 10;

const level = (depth: number): string => `level_${depth}`;

/**
 * Nodes with what the table says of their types, and of the variant they are. It stands in the node, because `try` and `can` go
 * through the whole of what they refer to, which must not be the whole table.
 */
const known = (nodes: string): string =>
  `[for node in [for node in [for node in ${nodes} : merge(node, { about = types[node.type], is = lookup(json_kinds, regex("^.", node.json), "number") }) ` +
  'if node.json != "null" && node.type != ""] : ' +
  "merge(node, { type = try(node.about.variants[node.value[node.about.by]], node.type) })] : " +
  "merge(node, { about = types[node.type] })]";

/** JSON as it is read: Terraform writes these three as escapes. */
const unescaped = (json: string): string =>
  `replace(replace(replace(${json}, "\\\\u003c", "<"), "\\\\u003e", ">"), "\\\\u0026", "&")`;

/** How a message shows a value. */
const SHOWN = '{ shown = length(node.json) > 400 ? "${substr(node.json, 0, 400)}…" : node.json }';

/** The input itself; through JSON, a set is a list and a map an object. */
const INPUT = known(
  "[for value in [jsondecode(jsonencode(input))] : " +
    "{ path = input_name, type = input_name, value = value, json = jsonencode(value) }]",
);

/** Whether a node is of its type, and a field that the release has. */
const right = (node: string): string =>
  `contains(try(${node}.about.is, [${node}.is]), ${node}.is) && ${available(`${node}.about`)}`;

const available = (type: string): string =>
  `minor_version >= try(${type}.since.number, 0) && minor_version < try(${type}.until.number, 1000000)`;

const inRange = (rule: string): string =>
  `minor_version >= try(${rule}.since, 0) && minor_version < try(${rule}.until, 1000000)`;

/** What is in a node; a text that stands for an object is what it says as YAML, unless it has no keys. */
const SAID = "try(parent.about.yaml ? [for it in parent.value : try(merge(yamldecode(it)), it)] : null, parent.value)";

/** What is in the nodes of the level above. */
const below = (depth: number): string =>
  `concat([], [for parent in ${level(depth - 1)} : ${known(
    `[for key, value in ${SAID} : ` +
      '{ path = parent.is == "list" ? "${parent.path}[${key}]" : "${parent.path}.${key}", ' +
      'type = try(parent.about.fields[key], parent.about.of, ""), value = value, json = jsonencode(value) }]',
  )} if contains(["object", "list"], parent.is) && try(contains(parent.about.is, parent.is), false) && ${available("parent.about")}]...)`;

const LEVELS = Array.from({ length: DEEPEST }, (_, index) => index + 1);

const plain = (name: string): string => `lower(replace(${name}, "/[_-]/", ""))`;

/** A name, and it without each of its letters, to find what was meant. */
const spelled = (name: string): string =>
  `{ name = ${name}, plain = ${plain(name)}, ` +
  `shorter = concat([${plain(name)}], [for at in range(length(${plain(name)})) : "\${substr(${plain(name)}, 0, at)}\${substr(${plain(name)}, at + 1, -1)}"]) }`;

const isLong = (candidate: string): string => `length(${candidate}.plain) >= 3 && length(stranger.plain) >= 3`;

/** The known name that a stranger most likely means, as `likelyName` finds it at synth. */
const LIKELY =
  "try([for known in stranger.known : known.name if known.plain == stranger.plain][0], " +
  `[for known in stranger.known : known.name if ${isLong("known")} && length(setintersection(known.shorter, stranger.shorter)) > 0][0], ` +
  '[for known in stranger.known : known.name if startswith(stranger.plain, "${known.plain}.")][0], ' +
  `[for known in stranger.known : known.name if ${isLong("known")} && (startswith(known.plain, stranger.plain) || startswith(stranger.plain, known.plain))][0], ` +
  "one([for known in stranger.known : known.name if length(stranger.plain) >= 5 && startswith(known.plain, substr(stranger.plain, 0, 5))]), null)";

/** Whether a value passes a rule of the table. */
const PASSES =
  "try(rule.when, null) != null && !can(regex(rule.when, subject.value)) || contains(try(rule.except, []), subject.value) || " +
  "can(regex(rule.unless_matching, subject.value)) || alltrue([" +
  [
    "contains(try(rule.is, [subject.is]), subject.is)",
    "try(rule.matches, null) == null || can(regex(rule.matches, subject.value))",
    "!can(regex(rule.not_matching, subject.value))",
    "contains(try(rule.one_of, [subject.value]), subject.value)",
    "!contains(try(rule.none_of, []), subject.value)",
    `try(${charactersOf("subject.value")} <= rule.max_length, true)`,
    "try(subject.value >= rule.min, true)",
    "try(subject.value <= rule.max, true)",
    '!try(rule.whole, false) || subject.is != "number" || try(floor(subject.value) == subject.value, false)',
  ].join(", ") +
  "])";

const WITH_RELEASE =
  '${can(problem.broken[0].since) || can(problem.broken[0].until) ? " with Karpenter ${karpenter_version}" : ""}';

/** The steps of the check, each made of those above it and of what is {@link Given}. */
export const STEPS: Readonly<Record<string, string>> = {
  json_kinds: '{ "{" = "object", "[" = "list", "\\"" = "string", t = "bool", f = "bool" }',
  level_0: INPUT,
  ...Object.fromEntries(LEVELS.map((depth) => [`level_${depth}`, below(depth)])),
  nodes:
    `[for node in [for node in concat(${[0, ...LEVELS].map(level).join(", ")}) : ` +
    `merge(node, { json = ${unescaped("node.json")} })] : merge(node, ${SHOWN})]`,
  right_nodes: `[for node in nodes : node if ${right("node")}]`,
  objects: "[for node in right_nodes : node if can(node.about.fields)]",

  wrong_types:
    '[for node in nodes : "\\"${node.path}\\" is ${node.shown}, but must be ${node.about.must_be}" ' +
    `if !contains(try(node.about.is, [node.is]), node.is) && ${available("node.about")}]`,

  known_names:
    "{ for of_type in distinct([for node in objects : node.type]) : of_type => " +
    "[for known, about in { for known, type in types[of_type].fields : known => types[type] } : " +
    `${spelled("known")} if ${available("about")}] }`,
  strangers:
    "concat([], [for node in objects : [for name in keys(node.value) : " +
    `merge(${spelled("name")}, { node = node, known = known_names[node.type] }) ` +
    "if !contains(keys(node.about.fields), name)] if minor_version < try(node.about.names_until, 1000000)]...)",
  likely_strangers: `[for stranger in strangers : merge(stranger, { likely = ${LIKELY} })]`,
  unknown_names:
    "[for stranger in likely_strangers : " +
    '"\\"${stranger.node.path}.${stranger.name}\\" is not known${try(" here; ${stranger.node.about.moved[stranger.name]}", ' +
    '";${stranger.likely == null ? "" : " did you mean \\"${stranger.likely}\\"?"}' +
    "${length(stranger.known) <= " +
    `${MAX_LISTED}` +
    ' ? " Known: ${join(", ", stranger.known[*].name)}" : stranger.likely == null ? " leave it out" : ""}")}"]',

  missing_fields:
    "concat([], [for node in objects : [for name in try(node.about.required, []) : " +
    '"\\"${node.path}.${name}\\" is missing, but must be ${types[node.about.fields[name]].must_be}" ' +
    "if try(node.value[name], null) == null && !contains([for stranger in likely_strangers : stranger.likely if stranger.node.path == node.path], name)]]...)",
  unknown_variants:
    "[for node in right_nodes : try(node.value[node.about.by], null) == null ? " +
    '"\\"${node.path}.${node.about.by}\\" is missing, but must be ${node.about.kinds}" : ' +
    '"\\"${node.path}.${node.about.by}\\" is ${jsonencode(node.value[node.about.by])}, but must be ${node.about.kinds}' +
    '${try("; here it is \\"${node.about.renamed[node.value[node.about.by]]}\\"", "")}" ' +
    "if can(node.about.variants)]",
  null_entries:
    "concat([], [for node in right_nodes : [for key, value in node.value : " +
    '"\\"${node.is == "list" ? "${node.path}[${key}]" : "${node.path}.${key}"}\\" is null, but must be ${node.about.entry}" if value == null] ' +
    "if can(node.about.entry)]...)",

  subjects:
    "concat([for node in right_nodes : " +
    '{ about = node.about, path = node.path, said = "is ${node.shown}", what = "must", value = node.value, is = node.is, ' +
    "rules = node.about.rules } if can(node.about.rules)], [], [for node in right_nodes : " +
    '[for key in keys(node.value) : { about = node.about, path = node.path, said = "has the name ${jsonencode(key)}", what = "a name must", ' +
    'value = key, is = "string", rules = try(node.about.keys, []) }] if node.is == "object" && can(node.about.of)]...)',
  tested:
    "[for subject in subjects : merge(subject, { broken = [for rule in subject.rules : rule " +
    `if ${inRange("rule")} && !(${PASSES})] })]`,
  broken_rules: "[for problem in tested : problem if length(problem.broken) > 0]",
  broken_values:
    "[for problem in broken_rules : " +
    `"\\"\${problem.path}\\" \${problem.said}, but \${problem.what} be \${problem.broken[0].allowed}${WITH_RELEASE}` +
    '${problem.broken[0].remedy == "" ? "" : "; ${problem.broken[0].remedy}"}' +
    '${try("; here it is \\"${problem.about.renamed[problem.value]}\\"", "")}"]',
  newer_subjects:
    'concat([for node in right_nodes : { path = node.path, said = "is ${node.shown}", what = "must", ' +
    "newer = node.about.newer[node.value] } if can(node.about.newer[node.value])], [], " +
    '[for node in right_nodes : [for key in keys(node.value) : { path = node.path, said = "has the name ${jsonencode(key)}", ' +
    'what = "a name must", newer = node.about.newer[key] } if can(node.about.newer[key])] if node.is == "object"]...)',
  newer_values:
    "[for subject in newer_subjects : " +
    '"\\"${subject.path}\\" ${subject.said}, but ${subject.what} be another with Karpenter ${karpenter_version}, which does not know it; ' +
    'take another, or set \\"karpenter_version\\" to a release from ${subject.newer.version} on" ' +
    "if minor_version < subject.newer.number]",
  unavailable_fields:
    "[for node in nodes : " +
    '"\\"${node.path}\\" is given, but must be left out with Karpenter ${karpenter_version}, which ' +
    "${minor_version < try(node.about.since.number, 0) ? " +
    '"does not know it; leave it out, or set \\"karpenter_version\\" to a release from ${node.about.since.version} on" : ' +
    '"no longer knows it; leave it out, or set \\"karpenter_version\\" to a release before ${node.about.until.version}"}" ' +
    `if !(${available("node.about")})]`,

  wrong_sizes:
    "[for node in right_nodes : " +
    '"\\"${node.path}\\" has ${length(node.value)} ${node.about.size.of}, but must have ${node.about.size.words}; ${node.about.size.remedy}" ' +
    "if can(node.about.size) && try((length(node.value) < node.about.size.min || length(node.value) > node.about.size.max) && " +
    `${inRange("node.about.size")}, false)]`,
  repeated_items:
    "concat([], [for node in right_nodes : [for at, item in node.value : " +
    '"\\"${node.path}[${at}]\\" is ${jsonencode(item)} again, but must be there once; leave it out" ' +
    "if index([for other in node.value : jsonencode(other)], jsonencode(item)) < at] " +
    `if try(${inRange("node.about.distinct")} && can(node.about.distinct), false)]...)`,

  whole_objects:
    "[for node in objects : { path = node.path, type = node.type, value = merge(" +
    "try(merge(node.value[node.about.below]), {}), { for name, value in node.value : name => " +
    "try(merge(node.value[node.about.below][name], value), value) if value != null }) }]",
  objects_by_type: "{ for node in whole_objects : node.type => node... }",
};

/** What the check complains of, in the order of the sentences; those on several fields of an object come after them. */
const COMPLAINTS = [
  "unknown_names",
  "missing_fields",
  "wrong_types",
  "unknown_variants",
  "null_entries",
  "unavailable_fields",
  "broken_values",
  "newer_values",
  "wrong_sizes",
  "repeated_items",
] as const;

/** What the steps begin with. */
export interface Given {
  /** Name of the input. */
  readonly input_name: string;
  /** What the input is given. */
  readonly input: string;
  /** Its table of types. */
  readonly types: string;
  /** Major and minor version of the release as one number. */
  readonly minor_version: string;
  readonly karpenter_version: string;
}

/** What comes of the steps, in JSON: the sentences, and the objects for the rules on several of their fields. */
const RESULT = `jsonencode({ sentences = concat(${COMPLAINTS.join(", ")}), objects_by_type = objects_by_type })`;

/**
 * The check as a template, which Terraform reads once for each input that is given. As locals it would be parsed anew for
 * each graph that Terraform makes, with each module that checks inputs. A list of one names what the steps below refer to.
 */
export function checkTemplate(): string {
  const steps = Object.entries(STEPS);
  const opened = steps.map(([name, expression]) => `one([for ${name} in [${expression}] :\n`).join("");
  return `\${${opened}${RESULT}\n${steps.map(() => "])").join("")}}`;
}

/** Everything that is wrong, sentence by sentence; names and values of rules come from JSON too. */
export function problems(sentences: string): string {
  return `[for sentence in ${sentences} : ${unescaped("sentence")}]`;
}
