import { createHash } from "node:crypto";
import type { k8s } from "cdk8s-plus-28";
import {
  type HostPathRequirement,
  type RequirementOf,
  type StabilityLevel,
  stabilityLevels,
} from "../../alloy";
import { secretPlaceholdersName, WorkloadError } from "../../chart";
import { groupBy, sortedSet } from "../../schema";
import { type Grant, type Required, requiredOf } from "./required";

// Of Kubernetes' types only the fields that are named here, whose values stand as in its own JSON: the classes of
// cdk8s-plus-28, which would see to that otherwise, take longer to load than synth does.

/** A volume of the pod. */
export type Volume = Pick<k8s.Volume, "name" | "configMap" | "emptyDir" | "hostPath"> & {
  readonly projected?: { readonly sources: readonly VolumeProjection[] };
};
type VolumeProjection = Pick<k8s.VolumeProjection, "configMap" | "secret" | "serviceAccountToken"> & {
  readonly downwardAPI?: k8s.DownwardApiProjection;
};

/** Where a container mounts a volume. */
export type VolumeMount = k8s.VolumeMount;

/** A volume of the pod and where the agent mounts it. */
export interface VolumeGrant extends Grant {
  readonly volume: Volume;
  readonly mounts: readonly VolumeMount[];
}

/** A Linux capability of the agent's container. */
export interface CapabilityGrant extends Grant {
  readonly capability: string;
}

/** A variable of the agent's container that tells a field of its own pod. */
export interface VariableGrant {
  readonly name: string;
  readonly fieldPath: string;
}

/** What components require that can't be granted together. */
export class ContradictionError extends WorkloadError {
  override readonly name = "ContradictionError";

  constructor(
    readonly components: readonly string[],
    message: string,
  ) {
    super(message);
  }
}

/** Everything that components require of the agent's pod. */
export interface PodGrants {
  readonly variables: readonly VariableGrant[];
  readonly volumes: readonly VolumeGrant[];
  readonly secrets: readonly SecretGrant[];
  readonly capabilities: readonly CapabilityGrant[];
  readonly stability: Grant & { readonly level: StabilityLevel };
  /** Where Alloy keeps its data on the node. Absent: it has none that must outlive the pod. */
  readonly storagePath?: string | undefined;
}

/**
 * What the agent's pod has to be given.
 *
 * @param storagePath of the node, and the same in the container; undefined if nothing is kept on the node
 * @throws ContradictionError when requirements contradict each other
 */
export function podGrants(
  requirements: readonly RequirementOf[],
  storagePath: string | undefined,
): PodGrants {
  const stored =
    storagePath === undefined
      ? requirements
      : requirements.map((required) => asHostPath(required, storagePath));
  return {
    variables: variables(requirements),
    volumes: hostPathVolumes(stored),
    secrets: secretVolumes(requirements),
    capabilities: capabilities(requirements),
    stability: stability(requirements),
    storagePath: requiredOf(requirements, "storage").length > 0 ? storagePath : undefined,
  };
}

/** Whether the agent takes root: for files of the node, or for a capability. */
export function readsNode({ volumes, capabilities }: PodGrants): boolean {
  return volumes.length > 0 || capabilities.length > 0;
}

/** Storage is a path of the node that is made when it isn't there. */
function asHostPath({ component, requirement }: RequirementOf, path: string): RequirementOf {
  return requirement.kind === "storage"
    ? {
        component,
        requirement: {
          kind: "hostPath",
          name: "storage",
          hostPath: path,
          mountPath: path,
          readOnly: false,
          type: "DirectoryOrCreate",
        },
      }
    : { component, requirement };
}

function variables(requirements: readonly RequirementOf[]): readonly VariableGrant[] {
  const wanted = requiredOf(requirements, "podField").map(({ requirement }) => requirement);
  const fields = new Map(wanted.map(({ variable, fieldPath }) => [variable, fieldPath]));
  return [...fields].map(([name, fieldPath]) => ({ name, fieldPath }));
}

function capabilities(requirements: readonly RequirementOf[]): readonly CapabilityGrant[] {
  const wanted = groupBy(requiredOf(requirements, "capability"), ({ requirement }) => requirement.capability);
  return [...wanted].map(([capability, same]) => ({
    what: `capability ${capability}`,
    components: same.map(({ component }) => component),
    capability,
  }));
}

/** The lowest level at which all components run, and the components that ask for it. */
function stability(requirements: readonly RequirementOf[]): PodGrants["stability"] {
  const wanted = requiredOf(requirements, "stability");
  const level =
    stabilityLevels.findLast((candidate) =>
      wanted.some(({ requirement }) => requirement.level === candidate),
    ) ?? stabilityLevels[0];
  const components = wanted.filter(({ requirement }) => requirement.level === level);
  return {
    what: `stability level ${level}`,
    components: components.map(({ component }) => component),
    level,
  };
}

type RequiredPath = Required<HostPathRequirement>;

/**
 * The node's paths that components read, a volume for each name, by name.
 *
 * Where several components want a path, it is writable as soon as one of them writes, and shows later mounts as soon
 * as one of them wants to see them.
 *
 * @throws ContradictionError when two requirements of one name, or for one place in the container, disagree
 */
export function hostPathVolumes(requirements: readonly RequirementOf[]): readonly VolumeGrant[] {
  const paths = withOneName(requiredOf(requirements, "hostPath"));
  for (const mounted of groupBy(paths, ({ requirement }) => requirement.mountPath).values()) {
    mounted.reduce(merge);
  }
  const byName = [...groupBy(paths, ({ requirement }) => requirement.name)];
  return byName.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, named]) => volumeOf(named));
}

/** What is mounted from one path at one place is one volume, whatever each calls it: as the first does. */
function withOneName(paths: readonly RequiredPath[]): readonly RequiredPath[] {
  const names = new Map<string, string>();
  return paths.map((path) => {
    const { hostPath, mountPath, name } = path.requirement;
    const key = JSON.stringify([hostPath, mountPath]);
    names.set(key, names.get(key) ?? name);
    return { ...path, requirement: { ...path.requirement, name: names.get(key) ?? name } };
  });
}

function volumeOf(paths: readonly RequiredPath[]): VolumeGrant {
  const { name, hostPath, mountPath, type, readOnly = true, propagation } = paths.reduce(merge).requirement;
  return {
    what: `mount ${hostPath}`,
    components: paths.map(({ component }) => component),
    volume: { name, hostPath: { path: hostPath, ...(type === undefined ? {} : { type }) } },
    mounts: [
      {
        name,
        mountPath,
        ...(readOnly ? { readOnly } : {}),
        ...(propagation === undefined ? {} : { mountPropagation: propagation }),
      },
    ],
  };
}

/** A mount that satisfies two requirements. */
function merge(a: RequiredPath, b: RequiredPath): RequiredPath {
  for (const property of ["hostPath", "mountPath", "name", "type"] as const) {
    const [ofA, ofB] = [a.requirement[property], b.requirement[property]];
    if (ofA !== ofB && ofA !== undefined && ofB !== undefined) {
      throw new ContradictionError(
        [a.component, b.component],
        `${a.component} and ${b.component} disagree on the ${property} of volume ${a.requirement.name}: ${ofA} and ${ofB}`,
      );
    }
  }
  const readOnly = (a.requirement.readOnly ?? true) && (b.requirement.readOnly ?? true);
  return { component: a.component, requirement: { ...a.requirement, ...b.requirement, readOnly } };
}

/** The files of a Secret, in a volume of their own. */
export interface SecretGrant extends VolumeGrant {
  readonly secret: string;
  /** Those that are read; each is the name of a file too. */
  readonly keys: readonly string[];
}

/**
 * The Secrets that components read files from, a volume for each Secret, by name. Of the Secret it holds the keys that
 * are read, and no others.
 *
 * Each file is there from the start, and empty, by the ConfigMap of placeholders: the kubelet lets the later source win,
 * and goes on without a Secret or a key that is missing. So no pod waits for a Secret, and no component for its file.
 * The ConfigMap has no `items`: with them the API server would refuse two sources for one path.
 *
 * @throws ContradictionError when two Secrets are wanted in one place
 */
export function secretVolumes(requirements: readonly RequirementOf[]): readonly SecretGrant[] {
  const files = requiredOf(requirements, "secretFiles");
  for (const [mountPath, mounted] of groupBy(files, ({ requirement }) => requirement.mountPath)) {
    const secrets = sortedSet(mounted.map(({ requirement }) => requirement.secret));
    if (secrets.length > 1) {
      throw new ContradictionError(
        mounted.map(({ component }) => component),
        `the Secrets ${secrets.join(" and ")} are both wanted at ${mountPath}`,
      );
    }
  }
  const bySecret = [...groupBy(files, ({ requirement }) => requirement.secret)];
  return bySecret
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([secret, wanted]) => {
      const name = volumeName(secret);
      const keys = sortedSet(wanted.flatMap(({ requirement }) => requirement.keys));
      const items = keys.map((key) => ({ key, path: key }));
      return {
        what: `Secret ${secret}`,
        components: wanted.map(({ component }) => component),
        secret,
        keys,
        volume: {
          name,
          projected: {
            sources: [
              { configMap: { name: secretPlaceholdersName } },
              { secret: { name: secret, optional: true, items } },
            ],
          },
        },
        mounts: sortedSet(wanted.map(({ requirement }) => requirement.mountPath)).map((mountPath) => ({
          name,
          mountPath,
          readOnly: true,
        })),
      };
    });
}

/** A Secret's name may be longer than a volume's (63 characters) and have dots. */
function volumeName(secret: string): string {
  const name = `secret-${secret}`;
  if (/^[a-z0-9-]{1,63}$/.test(name)) return name;
  const hash = createHash("sha256").update(secret).digest("hex").slice(0, 8);
  return `${name.replaceAll(".", "-").slice(0, 54)}-${hash}`;
}
