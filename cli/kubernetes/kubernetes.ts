/** A cluster's API, by paths, as far as a command asks it. */

/** Any object of Kubernetes. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMetadata;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** The part that all objects have. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
}

/** The API of a cluster. Whatever keeps it from answering is an `Unreachable`. */
export interface Kubernetes {
  /** The object at a path, or undefined where there is none. */
  get<T>(path: string): Promise<T | undefined>;
  /** The objects at a path, none where the API knows no such kind. */
  list<T = KubernetesObject>(path: string): Promise<readonly T[]>;
}

/** The API of a cluster, for a command that may change it. */
export interface ChangeableKubernetes extends Kubernetes {
  /** Deletes an object as it was read; fails where it was changed since. One that is gone is as good as deleted. */
  delete(path: string, as: ObjectMetadata): Promise<void>;
}
