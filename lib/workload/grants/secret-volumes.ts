import { createHash } from "node:crypto";
import type { RequirementOf } from "../../alloy/requirement";
import { WorkloadError } from "../workload-error";
import { groupBy, requiredOf, sortedSet } from "./required";
import type { VolumeGrant } from "./volume-grant";

/**
 * The Secrets that components read files from, a volume for each Secret, by name. It holds the keys that are read, and
 * no others.
 *
 * They are optional: a Secret or a key that is missing keeps no pod from starting, and may come later.
 *
 * @throws WorkloadError when two Secrets are wanted in one place
 */
export function secretVolumes(requirements: readonly RequirementOf[]): readonly VolumeGrant[] {
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
      return {
        what: `Secret ${secret}`,
        components: wanted.map(({ component }) => component),
        volume: {
          name,
          secret: {
            secretName: secret,
            optional: true,
            items: sortedSet(wanted.flatMap(({ requirement }) => requirement.keys)).map((key) => ({
              key,
              path: key,
            })),
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
