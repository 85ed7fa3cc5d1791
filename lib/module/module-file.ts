import { Construct } from "constructs";

/** A file that is written beside a module's Terraform files. */
export interface ModuleFileProps {
  /** Where it goes, below the module's folder, such as `types.json`. */
  readonly path: string;
  /** What is in it, as text. */
  readonly content: string;
}

/** A file of a published module that is made at synth, such as a table that its expressions read. */
export class ModuleFile extends Construct {
  constructor(
    scope: Construct,
    id: string,
    public readonly props: ModuleFileProps,
  ) {
    super(scope, id);
  }
}
