/** The cluster's API does not answer, or not to this identity. */
export class Unreachable extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Unreachable";
  }
}

/** Nobody wanted the cluster asked. */
export class NotAsked extends Unreachable {
  constructor() {
    super("the cluster is not asked");
  }
}
