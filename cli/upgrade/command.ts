import type { Command } from "commander";
import { Option } from "commander";
import { DEFAULT_KARPENTER_VERSION } from "../../lib/versions";
import { releaseNumber } from "../../lib/versions/version-bounds";
import { check } from "../check/check";
import type { CommonOptions, Output } from "../command";
import { JSON_OUTPUT, known, KUBERNETES_VERSION } from "../command";
import { exitCodeOf } from "../finding";
import { readObjects } from "../manifest-files";
import type { UpgradeOptions } from "./upgrade";
import { upgrade, upgradeAsMarkdown, upgradeAsText } from "./upgrade";

/** Adds `upgrade` to the program. */
export function addUpgrade(cli: Command, { print, end }: Output): void {
  cli
    .command("upgrade")
    .description(
      "Says what changes from one release to another: steps that cannot be skipped, Kubernetes, custom resources, permissions, events, settings, feature gates.",
    )
    .addOption(new Option("--from <release>", "the release that is there").makeOptionMandatory().argParser(known))
    .addOption(new Option("--to <release>", "the release to come").default(DEFAULT_KARPENTER_VERSION).argParser(known))
    .addOption(KUBERNETES_VERSION)
    .option("--manifests <file...>", "files and folders to hold to the rules of the release to come, as check does")
    .option("--markdown", "for a pull request")
    .addOption(JSON_OUTPUT)
    .action(
      (options: UpgradeOptions & CommonOptions & { readonly manifests?: string[]; readonly markdown?: boolean }) => {
        if (releaseNumber(options.from) >= releaseNumber(options.to)) {
          cli.error(`error: --to ${options.to} must be later than --from ${options.from}`);
        }
        const sections = upgrade(options);
        const { objects, findings: unread } = readObjects(options.manifests ?? []);
        const { findings: found } = check(objects, {
          karpenterVersion: options.to,
          kubernetesVersion: options.kubernetesVersion,
        });
        const findings = [...unread, ...found];
        const yours = findings.map(({ severity, where, text }) => `${severity}: ${where}: ${text}`);
        const all = yours.length === 0 ? sections : [...sections, { title: "Your objects", lines: yours }];
        const form = options.markdown ? upgradeAsMarkdown : upgradeAsText;
        print(options.json ? JSON.stringify({ sections, findings }, null, 2) : form(options, all));
        end(exitCodeOf(findings));
      },
    );
}
