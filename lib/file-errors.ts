import type { Place, RequirementOf } from "./alloy";
import { destinationKey, type Environment, signalsOf } from "./environment";
import type { AistorePipeline, UnfedEnd } from "./pipeline";
import { SettingError, type SettingKey, type TextPlace } from "./schema";

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

/** The settings that make destinations. */
const destinations: readonly SettingKey[] = [["local"], ["remote"], ["destinations"]];

/** A place of an Alloy config, as one that settings name. */
export function textPlace(at: Place | undefined): TextPlace | undefined {
  return at && { file: at.source.file, line: at.line, column: at.column };
}
