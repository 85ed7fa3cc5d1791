export declare const FLOORS: readonly { readonly name: string; readonly paths: readonly string[] }[];
export declare function cachedImports(): (path: string) => string[];
export declare function circle(
  path: string,
  target: string,
  imports?: (path: string) => string[],
): string[] | undefined;
export declare function floorOf(path: string): number | undefined;
export declare function importsOf(path: string, text?: string): string[];
export declare function targetOf(path: string, specifier: string): string | undefined;
export declare function upward(path: string, target: string): string | undefined;
