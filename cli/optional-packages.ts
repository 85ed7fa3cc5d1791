/** Packages that only some commands need, and that are not installed with this one. */

/** Some are not there. */
export class MissingPackages extends Error {
  constructor(missing: readonly string[]) {
    super(`this command needs packages that are not installed:\n\n  npm install --save-dev ${missing.join(" ")}`);
    this.name = "MissingPackages";
  }
}

/**
 * Loads them together, so that all that is missing is named at once.
 *
 * @param imports by the package with the version that fits, `@aws-sdk/client-ec2@3`
 */
export async function optionalPackages<T extends Readonly<Record<string, () => Promise<unknown>>>>(
  imports: T,
): Promise<{ readonly [name in keyof T]: Awaited<ReturnType<T[name]>> }> {
  const loaded = await Promise.all(
    Object.entries(imports).map(async ([name, load]) => [name, await load().catch(missing(name))] as const),
  );
  const names = loaded.filter(([, found]) => found === undefined).map(([name]) => name);
  if (names.length > 0) {
    throw new MissingPackages(names);
  }
  return Object.fromEntries(loaded) as { readonly [name in keyof T]: Awaited<ReturnType<T[name]>> };
}

/** Nothing, where it is this package that is not there; what else is wrong with it is its own to say. */
function missing(name: string): (error: unknown) => undefined {
  const [, packageName] = /^(@?[^@]+)/.exec(name) as RegExpExecArray;
  return (error) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if ((code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") && message.includes(`'${packageName}'`)) {
      return undefined;
    }
    throw error;
  };
}
