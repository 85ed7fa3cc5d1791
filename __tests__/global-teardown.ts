import { rmSync } from "node:fs";

/** Removes what global-setup.ts has made. */
export default function (): void {
  rmSync(process.env.TMPDIR as string, { recursive: true });
}
