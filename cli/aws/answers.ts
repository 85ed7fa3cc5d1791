/** How AWS answers: in pages, and with errors that mean something. */

/** What is on all pages of an answer. */
export async function onAllPages<Page, Item>(
  ask: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => readonly Item[] | undefined,
  next: (page: Page) => string | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const page = await ask(token);
    found.push(...(items(page) ?? []));
    token = next(page);
  } while (token !== undefined && token !== "");
  return found;
}

const MISSING =
  /^(ResourceNotFoundException|NoSuchEntity(Exception)?|QueueDoesNotExist|NotFoundException|AWS\.SimpleQueueService\.NonExistentQueue|Invalid(InstanceID|LaunchTemplateId)\.NotFound(Exception)?)$/;
const DENIED = /^(AccessDenied(Exception)?|UnauthorizedOperation|Forbidden|403)$/;

/** The answer, or undefined where AWS says that there is no such thing. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (MISSING.test(nameOf(error))) {
      return undefined;
    }
    throw error;
  }
}

/** Whether it is the permission that is missing. */
export function isDenied(error: unknown): boolean {
  return DENIED.test(nameOf(error));
}

function nameOf(error: unknown): string {
  return String((error as { readonly name?: unknown } | undefined)?.name);
}

/** Tags by their keys, in either spelling of AWS. */
export function tagsOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
