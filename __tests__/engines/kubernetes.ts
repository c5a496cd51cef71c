import type { Answer } from "./connection";
import { type Ask, describeWithProgram } from "./describe";

/** The versions of Kubernetes that manifests are checked for, with the module file that each is built from. */
const versions = { "1.28": "1.28.mod", "1.37": "go.mod" } as const;

/** A version of Kubernetes that manifests can be checked for: the oldest and the newest. */
export type KubernetesVersion = keyof typeof versions;

/** What the API server thinks of one object. */
export interface Verdict {
  /** "" where it cannot be read. The same holds for the next two. */
  readonly kind: string;
  /** "" for a cluster-scoped object. */
  readonly namespace: string;
  readonly name: string;
  /** Why it is refused, each as `path: reason`. None: it would be created. */
  readonly errors: readonly string[];
  /** What kubectl would print beside "created". */
  readonly warnings: readonly string[];
}

/** The API server's own decoding and validation. */
export class Kubernetes {
  constructor(
    /** The version that this is. */
    readonly version: KubernetesVersion,
    private readonly ask: Ask,
  ) {}

  /** Judges each object of a YAML stream, as `kubectl create --validate=strict` would have it judged. */
  validate(yaml: string): Promise<Answer<Verdict[]>> {
    return this.ask("validate", { yaml });
  }
}

/**
 * A `describe` block for each version of Kubernetes, whose tests have manifests judged.
 *
 * The programs take minutes to build, so without `CI` set they are skipped until they are built.
 */
export function describeWithKubernetes(title: string, define: (kubernetes: Kubernetes) => void): void {
  describeWithProgram(`${title}, Kubernetes 1.28`, program("1.28"), (ask) =>
    define(new Kubernetes("1.28", ask)),
  );
  describeWithProgram(`${title}, Kubernetes 1.37`, program("1.37"), (ask) =>
    define(new Kubernetes("1.37", ask)),
  );
}

function program(version: KubernetesVersion) {
  return { folder: "kubernetes", moduleFile: versions[version], slow: true };
}
