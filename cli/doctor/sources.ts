import type { AwsClients } from "../aws/clients";
import type { Kubernetes } from "../kubernetes/kubernetes";

/** What is looked at. */
export interface DoctorOptions {
  readonly clusterName: string;
  /** The release that is there or will be; by default the one that runs, or else the default of this package. */
  readonly karpenterVersion?: string;
  /** Subnets of nodes and Fargate; by default those in use, those tagged for discovery, or those of the cluster. */
  readonly subnetIds?: readonly string[];
  /** The queue's name; by default that of the controller that runs, or else the name that this project gives it. */
  readonly interruptionQueue?: string;
  /** Where the controller is, or will be. */
  readonly namespace?: string;
}

/** A question to AWS or to the cluster, which may ask others. */
export type Question<T> = (sources: Sources) => Promise<T>;

/** Where checks look. Each question is asked once, however many checks need the answer. */
export class Sources {
  private readonly answers = new Map<unknown, Promise<unknown>>();

  constructor(
    readonly options: DoctorOptions,
    readonly aws: AwsClients,
    readonly kubernetes: Kubernetes,
  ) {}

  readonly ask = <T>(question: Question<T>): Promise<T> => {
    const answer = this.answers.get(question) ?? question(this);
    this.answers.set(question, answer);
    return answer as Promise<T>;
  };
}
