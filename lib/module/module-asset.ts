import { Construct } from "constructs";
import type { IResolvable } from "cdktf";
import { Token, ref } from "cdktf";
import { existsSync } from "node:fs";

/** A folder or file that ships inside a module. */
export interface ModuleAssetProps {
  /** Where it is now. */
  readonly source: string;
  /** Where it goes, below the module's folder, such as `charts/node-pools`. */
  readonly path: string;
}

/** A folder or file copied beside a module's Terraform files, such as a chart; addressed through `path.module`. */
export class ModuleAsset extends Construct {
  /** Where it comes from. */
  public readonly source: string;
  /** Where it goes, below the module's folder. */
  public readonly path: string;

  /** @throws when there is nothing at `source` */
  constructor(scope: Construct, id: string, props: ModuleAssetProps) {
    super(scope, id);
    if (!existsSync(props.source)) {
      throw new Error(`"source" of the module asset "${this.node.path}" is "${props.source}", where there is nothing`);
    }
    this.source = props.source;
    this.path = props.path;
  }

  /** The path as the module's own expressions name it. */
  public get modulePath(): string {
    const folder: IResolvable = ref("path.module");
    return `${Token.asString(folder)}/${this.path}`;
  }
}
