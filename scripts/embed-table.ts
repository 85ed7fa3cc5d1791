/**
 * The Markdown with a table between the comments `<!-- name -->` and `<!-- end of name -->`; makes one only where it is asked
 * for.
 */
export function embedTable(markdown: string, name: string, table: () => string): string {
  return markdown.replace(
    new RegExp(`<!-- ${name} -->\n[^]*?<!-- end of ${name} -->`),
    () => `<!-- ${name} -->\n${table()}<!-- end of ${name} -->`,
  );
}
