/** Helpers for reading lists and tags from AWS. */

/** Tags as a plain object. */
export type Tags = Readonly<Record<string, string>>;

/** All items of all pages. */
export async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
  }
  return items;
}

/** All items of a call that has pages but no paginator in the SDK. */
export async function collectByToken<Page, Item>(
  call: (token: string | undefined) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  tokenOf: (page: Page) => string | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await call(token);
    items.push(...(itemsOf(page) ?? []));
    token = tokenOf(page) || undefined;
  } while (token !== undefined);
  return items;
}

/** Tags from a list of keys and values, sorted by key. AWS's own tags (`aws:…`) are left out: nobody can set them. */
export function tagMap<Item>(
  items: readonly Item[] | undefined,
  read: (item: Item) => readonly [string | undefined, string | undefined],
): Tags {
  const pairs = (items ?? []).map(read).map(([key, value]): [string, string] => [key ?? "", value ?? ""]);
  return Object.fromEntries(pairs.filter(([key]) => !key.startsWith("aws:")).sort(([a], [b]) => (a < b ? -1 : 1)));
}
