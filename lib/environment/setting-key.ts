/** The way from the top of a file to a setting: names of keys, and indexes into lists. */
export type SettingKey = readonly (string | number)[];

/** The key as an operator would name it: `remote.label`, `aistore[0].name`, `service["a.b"]`. */
export function formatKey(key: SettingKey): string {
  return key
    .map((part, index) => {
      if (typeof part === "number") {
        return `[${part}]`;
      }
      if (!/^[A-Za-z_][\w-]*$/.test(part)) {
        return index === 0 ? JSON.stringify(part) : `[${JSON.stringify(part)}]`;
      }
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}

/** A mistake of a setting that only a later stage can see. The setting's place is found by its source. */
export class SettingError extends Error {
  override readonly name = "SettingError";

  /** @param message what is wrong; what to write instead */
  constructor(
    readonly key: SettingKey,
    message: string,
  ) {
    super(message);
  }
}
