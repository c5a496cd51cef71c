import { createHash } from "node:crypto";
import type { RequirementOf } from "../../alloy/requirement";
import { secretPlaceholdersName } from "../names";
import { WorkloadError } from "../workload-error";
import { groupBy, requiredOf, sortedSet } from "./required";
import type { VolumeGrant } from "./volume-grant";

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
 * @throws WorkloadError when two Secrets are wanted in one place
 */
export function secretVolumes(requirements: readonly RequirementOf[]): readonly SecretGrant[] {
  const files = requiredOf(requirements, "secretFiles");
  for (const [mountPath, mounted] of groupBy(files, ({ requirement }) => requirement.mountPath)) {
    const secrets = sortedSet(mounted.map(({ requirement }) => requirement.secret));
    if (secrets.length > 1) {
      throw new WorkloadError(`the Secrets ${secrets.join(" and ")} are both wanted at ${mountPath}`);
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
  if (/^[a-z0-9-]{1,63}$/.test(name)) {
    return name;
  }
  const hash = createHash("sha256").update(secret).digest("hex").slice(0, 8);
  return `${name.replaceAll(".", "-").slice(0, 54)}-${hash}`;
}
