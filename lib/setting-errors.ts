import type { Place, RequirementOf } from "./alloy";
import { destinationKey, type Environment, signalsOf } from "./environment";
import type { AistorePipeline, UnfedEnd } from "./pipeline";
import { formatKey, SettingError, type SettingKey, type TextPlace } from "./schema";
import type { AlloyWorkloadProps, PropErrors, PropPath } from "./workload";

// What the pipeline and the workload find wrong in their own words, as mistakes in the settings that say it.

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

/** The settings that make destinations. */
const destinations: readonly SettingKey[] = [["local"], ["remote"], ["destinations"]];

/** The settings that say which Secrets components read. */
const readingSecrets: readonly SettingKey[] = [...destinations, ["aistore"], ["alloy_files"]];

/** Where an environment's file says what a prop of the workload has. */
function settingOf([prop, ...part]: PropPath): SettingKey {
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
 * @param config that has the components
 */
export function settingErrors({ mistakes }: PropErrors, config: AistorePipeline): readonly SettingError[] {
  return mistakes.flatMap(({ path, message, restsOn = [], components = [] }) => {
    const key = path === undefined ? [] : settingOf(path);
    // Where one of them is the pipeline's own, a file's gives way.
    const places = components.flatMap((component) => textPlace(config.placeOf(component)) ?? []);
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

/** What is wrong in the files of an environment, and in what it says of them. */
export function fileErrors(
  config: AistorePipeline,
  requirements: readonly RequirementOf[],
  environment: Environment,
): readonly SettingError[] {
  const { alloyNeeds } = environment;
  const inFiles = config.fileMistakes(requirements).map(({ at, message, asks }) => {
    // What is missing may stand in a file, or be of a destination, that is left out for its own mistakes.
    const isMissing = /^(there is no (?!attribute|block|function)|nothing )/.test(message);
    const restsOn = isMissing ? [["alloy_files"], ...destinations] : [];
    const say =
      asks &&
      `; write it in the environment, as alloy_requires: {${asks.component}: [${asks.example}]}, or [] if it is nothing`;
    return new SettingError([], `${message}${say ?? ""}`, restsOn, textPlace(at));
  });
  const unknown = [...alloyNeeds.keys()].filter((address) => config.placeOf(address) === undefined);
  return [
    ...inFiles,
    // What a file has wrong may be the name of what it sends to.
    ...(inFiles.length === 0 ? config.unfed.flatMap((end) => unsentErrors(end, config, environment)) : []),
    ...unknown.map((address) => {
      const message = "is no component of alloy_files; write the address of one, or remove this";
      return new SettingError(["alloy_requires", address], message, [["alloy_files"]]);
    }),
  ];
}

/**
 * What destinations take and don't get: no source of the pipeline's own reads it, and no file sends it, to an end of all
 * destinations or to one of theirs.
 */
function unsentErrors(
  end: UnfedEnd,
  config: AistorePipeline,
  environment: Environment,
): readonly SettingError[] {
  return environment.destinations.flatMap((destination) =>
    signalsOf(destination)
      .filter((signal) => end.signals.includes(signal) && !config.sends(signal, destination))
      .map((signal) => {
        const own = `${signal}Endpoint` as const;
        const key = [...destinationKey(destination.name), destination[own] === undefined ? "endpoint" : own];
        const message = `takes ${signal}, and gets none: sources are off, and no file sends any to ${end.name}; have one do so, or give this destination no URL for ${signal}`;
        return new SettingError(key, message, [["alloy_files"]]);
      }),
  );
}

/** A place of an Alloy config, as one that settings name. */
function textPlace(at: Place | undefined): TextPlace | undefined {
  return at && { file: at.source.file, line: at.line, column: at.column };
}
