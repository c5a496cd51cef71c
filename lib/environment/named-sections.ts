import { isRecord } from "./kind";

/** Sections whose keys are names that an operator chooses, with settings below each. */
const namedSections = ["destinations", "secrets"] as const;

/**
 * A file's settings in which a name with nothing below it has no settings, so that those that it needs are missed.
 * Any other key with nothing after it is unset.
 */
export function withNames(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const named = namedSections.flatMap((section) => {
    const names = settings[section];
    if (!isRecord(names)) return [];
    return [[section, Object.fromEntries(Object.entries(names).map(([name, value]) => [name, value ?? {}]))]];
  });
  return { ...settings, ...Object.fromEntries(named) };
}
