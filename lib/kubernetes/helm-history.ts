/** How many revisions Helm keeps. */
export interface HelmHistoryProps {
  /**
   * How many revisions Helm keeps of each release made here, each of them a Secret; 0 keeps all.
   *
   * @default 10
   */
  readonly helmMaxHistory?: number;
}

/** As many as Helm itself keeps, unless others are asked for. */
export function maxHistoryOf({ helmMaxHistory = 10 }: HelmHistoryProps): number {
  return helmMaxHistory;
}
