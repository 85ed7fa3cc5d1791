/** The server works on as many at once as make it busy. */
const AT_ONCE = 24;

/** Does something with each item, several at once. */
export async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
