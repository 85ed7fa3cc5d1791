/** The public names of `cdktf-karpenter/module`: a kit to publish constructs as a plain Terraform module. */
export { addPreconditions } from "../terraform/precondition";
export type { Precondition } from "../terraform/precondition";
export { ReadableStack } from "../terraform/readable-stack";
export { ModuleAsset } from "./module-asset";
export type { ModuleAssetProps } from "./module-asset";
export { ModuleFile } from "./module-file";
export type { ModuleFileProps } from "./module-file";
export { ModuleOutput } from "./module-output";
export type { ModuleOutputProps } from "./module-output";
export { ModuleStack } from "./module-stack";
export type { ModuleStackProps, MovedBlock, TerraformJson } from "./module-stack";
export { ModuleVariable } from "./module-variable";
export type { ModuleVariableProps } from "./module-variable";
export { ProviderRequirement, PROVIDERS, REQUIRED_VERSION } from "./provider-requirement";
export type { ProviderRequirementProps } from "./provider-requirement";
export { moduleFiles, writeModule } from "./writer";
