import type { ChangeableKubernetes } from "./kubernetes";
import { NotAsked } from "./unreachable";

/** No cluster, because nobody wants one looked at. */
export class NoKubernetes implements ChangeableKubernetes {
  get(): Promise<never> {
    return Promise.reject(new NotAsked());
  }

  list(): Promise<never> {
    return Promise.reject(new NotAsked());
  }

  delete(): Promise<never> {
    return Promise.reject(new NotAsked());
  }
}
