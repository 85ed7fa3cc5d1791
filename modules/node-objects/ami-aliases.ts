/** The published module's own look at AMI aliases: whether their releases have the cluster's Kubernetes. */
import type { Precondition } from "../../lib/module";
import type { AmiRow } from "../../lib/node-objects/ami-aliases";
import { KUBERNETES, KUBERNETES_ROWS, lackInWords, rowOf } from "../../lib/node-objects/ami-aliases";
import { AMI_RELEASES } from "../../lib/versions";

const [OLDEST, NEWEST] = KUBERNETES_ROWS;

/** Families to rows by the number of a Kubernetes; a Kubernetes beyond an end of the table is like the one at the end. */
function table(): Record<string, Record<string, AmiRow>> {
  const minors = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => OLDEST + index);
  const rows = (family: string): [number, AmiRow][] => minors.map((minor) => [minor, rowOf(family, minor)]);
  return Object.fromEntries(
    Object.keys(AMI_RELEASES).map((family) => [
      family,
      Object.fromEntries(rows(family).filter(([, row]) => `${row.none}${row.below}${row.above}` !== "")),
    ]),
  );
}

const RELEASE = 'split("@", it.alias)[1]';
const NUMBER =
  `try(tonumber(regex("^v([0-9]{8})$", ${RELEASE})[0]), [for version in [regex("^v?([0-9]+)[.]([0-9]+)[.]([0-9]+)", ${RELEASE})] : ` +
  "(tonumber(version[0]) * 1000 + tonumber(version[1])) * 1000 + tonumber(version[2])][0], null)";

/** Whether a release by its number is not among those that a row of the table has; where there is no row, it is. */
export function isLacking(number: string, row: string): string {
  const isBeyond = `anytrue([try(${number} < ${row}.min, false), try(${number} > ${row}.max, false)])`;
  return `try(${row}.none != "", false) || ${isBeyond}`;
}

/** The module's locals by name; they need `local.warned_classes`. */
export const ALIAS_LOCALS: Readonly<Record<string, unknown>> = {
  ami_aliases:
    "${[for it in concat([], [for class in local.warned_classes : class.aliases]...) : " +
    `merge(it, { family = split("@", it.alias)[0], number = ${NUMBER} }) if it.alias != null]}`,
  ami_releases: table(),
  // A key of the rows above; none where nothing is said of the cluster.
  kubernetes_row: `\${try(format("%d", max(${OLDEST}, min(${NEWEST}, tonumber(split(".", var.kubernetes_version)[1])))), "")}`,
  ami_rows:
    "${[for found in local.ami_aliases : merge(found, { row = local.ami_releases[found.family][local.kubernetes_row] }) " +
    "if can(local.ami_releases[found.family][local.kubernetes_row])]}",
  ami_lacks:
    '${[for found in local.ami_rows : merge(found, { lack = found.row.none != "" ? found.row.none : ' +
    'try(found.number < found.row.min, false) ? found.row.below : try(found.number > found.row.max, false) ? found.row.above : "" })]}',
};

/** In the words that synth has. */
export function aliasPrecondition(): Precondition {
  const lack = `\${replace(found.lack, "${KUBERNETES}", var.kubernetes_version)}`;
  const sentence = lackInWords("${found.path}", "${jsonencode(found.alias)}", "LACK")
    .replaceAll('"', '\\"')
    .replace("LACK", lack);
  return {
    condition: '${alltrue([for found in local.ami_lacks : found.lack == ""])}',
    error_message: `\${join("\\n", [for found in local.ami_lacks : "${sentence}" if found.lack != ""])}`,
  };
}
