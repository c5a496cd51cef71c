import type { SecretFilesRequirement } from "../alloy";

/** Where the keys of a Secret are as files. */
function mountPathOf(secret: string): string {
  return `/var/run/secrets/alloy/${secret}`;
}

/** The file that holds a key of a Secret, for a component that requires {@link secretFiles} of it. */
export function secretFile(secret: string, key: string): string {
  return `${mountPathOf(secret)}/${key}`;
}

/**
 * The need of files for keys of a Secret. They are of an optional volume: while the Secret is missing the agent runs
 * all the same, and it needs no right to read Secrets.
 */
export function secretFiles(secret: string, ...keys: readonly string[]): SecretFilesRequirement {
  return { kind: "secretFiles", secret, mountPath: mountPathOf(secret), keys };
}
