import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** The text with the content of every named example in the code block below its comment. */
export function embedExamples(markdown: string): string {
  return markdown.replace(
    /<!-- (examples\/\S+) -->\n```(\w+)\n[^]*?```/g,
    (_, file: string, language: string) =>
      `<!-- ${file} -->\n\`\`\`${language}\n${readFileSync(join(root, file), "utf8")}\`\`\``,
  );
}
