/** The oldest Terraform that the modules promise to work with, and OpenTofu: both built from source, for neither is installed. */
import { goBuildModule, goInstall } from "./go-install";

/** What `required_version` of every module begins with. */
export const TERRAFORM_FLOOR = "1.5.7";
export const OPENTOFU_VERSION = "1.12.6";

/** Builds the oldest Terraform if this machine has not got it yet, and returns its path. */
export function installTerraformFloor(log?: (line: string) => void): Promise<string> {
  return goInstall(`github.com/hashicorp/terraform@v${TERRAFORM_FLOOR}`, { log });
}

/** Builds OpenTofu if this machine has not got it yet, and returns its path. */
export function installOpenTofu(log?: (line: string) => void): Promise<string> {
  return goBuildModule("github.com/opentofu/opentofu", `v${OPENTOFU_VERSION}`, "./cmd/tofu", {
    log,
    ldflags: ["-X github.com/opentofu/opentofu/version.dev=no"],
  });
}
