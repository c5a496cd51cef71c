import type { ImageSettings } from "../environment/environment";
import { SettingError } from "../environment/setting-key";
import { copyMap, valueAt } from "./chart/json";
import type { ChartValues } from "./chart-values";

/** Chart values that say the same as a setting of this project's. */
const sameAs: readonly (readonly [setting: keyof ImageSettings, name: string, values: readonly string[]])[] =
  [
    ["registry", "registry", ["global.image.registry", "image.registry", "configReloader.image.registry"]],
    ["pullSecrets", "pull_secrets", ["global.image.pullSecrets", "image.pullSecrets"]],
    ["agent", "agent", ["image.tag", "image.digest"]],
    ["reloader", "reloader", ["configReloader.image.tag", "configReloader.image.digest"]],
  ];

/** Every chart value that a setting of `images` would silently win over. */
export function imageValueErrors(values: ChartValues, images: ImageSettings): readonly SettingError[] {
  const map = copyMap(values);
  return sameAs
    .filter(([setting]) => isSet(images[setting]))
    .flatMap(([, name, paths]) =>
      paths
        .map((path) => path.split("."))
        .filter((key) => valueAt(map, key) !== undefined)
        .map((key) => new SettingError(key, `images.${name} says it already; leave one of the two out`)),
    );
}

function isSet(setting: ImageSettings[keyof ImageSettings]): boolean {
  return setting !== undefined && !(Array.isArray(setting) && setting.length === 0);
}
