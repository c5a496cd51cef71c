import { formatKey, SettingError, type SettingKey, type TextPlace } from "./schema";
import type { AlloyWorkloadProps, PropErrors, PropPath } from "./workload";

/** The setting that each prop of the workload is given by; none of those that no setting gives. */
const settings: Readonly<Record<keyof AlloyWorkloadProps, SettingKey | undefined>> = {
  requirements: undefined,
  namespace: ["namespace"],
  createNamespace: ["create_namespace"],
  hostNetwork: ["host_network"],
  storagePath: ["storage", "path"],
  ephemeralStorage: ["storage", "path"],
  images: ["images"],
  exposeUi: ["ui", "expose"],
  uiPort: ["ui", "port"],
  reloaderAddress: ["reloader", "listen_address"],
  maxUnavailable: ["max_unavailable"],
  resources: ["resources"],
  networkPolicy: ["network_policy"],
  apiServerPorts: ["api_server_ports"],
  podSecurity: ["pod_security"],
  secrets: ["secrets"],
  // Chart values stand at the top of a file, beside settings.
  chartValues: [],
  chart: ["chart_version"],
  configMapName: undefined,
  configMapKey: undefined,
  renders: undefined,
  nameOf: undefined,
};

/** The settings that say which Secrets components read. */
const readingSecrets: readonly SettingKey[] = [
  ["local"],
  ["remote"],
  ["destinations"],
  ["aistore"],
  ["alloy_files"],
];

/** Where an environment's file says what a prop of the workload has. */
export function settingOf([prop, ...part]: PropPath): SettingKey {
  return [...(settings[prop] ?? []), ...part];
}

/** What the operator calls a prop. */
export function settingName(path: PropPath): string {
  return formatKey(settingOf(path));
}

/**
 * The mistakes in the workload's props, as mistakes in the settings that give them; those that components of files make,
 * where the components stand.
 *
 * @param placeOf finds the component of a file
 */
export function settingErrors(
  { mistakes }: PropErrors,
  placeOf: (component: string) => TextPlace | undefined,
): readonly SettingError[] {
  return mistakes.flatMap(({ path, message, restsOn = [], components = [] }) => {
    const key = path === undefined ? [] : settingOf(path);
    // Where one of them is the pipeline's own, a file's gives way.
    const places = components.flatMap((component) => placeOf(component) ?? []);
    if (places.length > 0) {
      return places.map(
        (place) =>
          new SettingError(
            key,
            [formatKey(key), message].filter((text) => text !== "").join(" "),
            [key],
            place,
          ),
      );
    }
    const others = restsOn.flatMap((prop) =>
      prop === "requirements" ? readingSecrets : [settingOf([prop])],
    );
    return [new SettingError(key, message, others)];
  });
}
