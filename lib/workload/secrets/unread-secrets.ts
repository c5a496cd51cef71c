import type { RequirementOf } from "../../alloy/requirement";
import { alternatives } from "../../environment/kind";
import type { SecretSource } from "../../environment/secrets/secret-source";
import { SettingError } from "../../environment/setting-key";
import { nearest } from "../../nearest";
import { keysRead } from "./keys-read";

/** A mistake for each Secret that comes from somewhere though nothing reads it: its name may be misspelt. */
export function unreadSecretErrors(
  sources: readonly SecretSource[],
  requirements: readonly RequirementOf[],
): readonly SettingError[] {
  const read = [...keysRead(requirements).keys()];
  return sources
    .filter(({ name }) => !read.includes(name))
    .map(({ name }) => new SettingError(["secrets", name], `is read by nothing; ${instead(name, read)}`));
}

function instead(name: string, read: readonly string[]): string {
  const meant = nearest(name, read) ?? alternatives(read);
  return meant === "" ? "remove it, as no Secret is read" : `write ${meant}, or remove it`;
}
