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

const terms = (of: string, path: string): string =>
  `try([for at, term in ${of}.amiSelectorTerms : { path = "${path}.amiSelectorTerms[\${at}].alias", alias = try(term.alias, null) }], [])`;

const RELEASE = 'split("@", found.alias)[1]';
const NUMBER =
  `try(tonumber(regex("^v([0-9]{8})$", ${RELEASE})[0]), [for version in [regex("^v?([0-9]+)[.]([0-9]+)[.]([0-9]+)", ${RELEASE})] : ` +
  "(tonumber(version[0]) * 1000 + tonumber(version[1])) * 1000 + tonumber(version[2])][0], null)";

/** The module's locals by name; they need `local.manifests`. */
export const ALIAS_LOCALS: Readonly<Record<string, unknown>> = {
  class_ami_aliases:
    '${concat([], [for name, class in try(merge(var.node_classes), {}) : concat([{ path = "node_classes.${name}.amiAlias", ' +
    `alias = try(class.amiAlias, null) }], ${terms("class", "node_classes.${name}")}, ` +
    `${terms("class.spec", "node_classes.${name}.spec")})]...)}`,
  manifest_ami_aliases:
    `\${concat([], [for index, manifest in local.manifests : ${terms("manifest.spec", "manifests[${index}].spec")} ` +
    'if try(manifest.kind, "") == "EC2NodeClass"]...)}',
  ami_releases: table(),
  // A key of the rows above; none where nothing is said of the cluster.
  kubernetes_row: `\${try(format("%d", max(${OLDEST}, min(${NEWEST}, tonumber(split(".", var.kubernetes_version)[1])))), "")}`,
  ami_rows:
    "${[for found in concat(local.class_ami_aliases, local.manifest_ami_aliases) : merge(found, { " +
    `row = local.ami_releases[split("@", found.alias)[0]][local.kubernetes_row], number = ${NUMBER} }) ` +
    'if can(local.ami_releases[split("@", found.alias)[0]][local.kubernetes_row])]}',
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
