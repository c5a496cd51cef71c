import { mapAt, mapsAt } from "../../../lib/chart";
import { counted } from "../../counted";
import type { EnvironmentChange, Side } from "../environment-change";
import type { Group } from "./groups";

/** What a group of environments is, in a line: `12 environments: image v1.18.1 → v1.19.0; pods restart`. */
export function headlineOf({ names, changes }: Group): string {
  const who = names.length === 1 ? names.join() : counted(names.length, "environment");
  const words = [...new Set(changes.map((change) => wordsOf(change).join(", ")))];
  return `${who}: ${words.length === 1 ? words.join() : "the same objects change"}; ${rolloutWords(changes)}`;
}

function rolloutWords([change]: readonly EnvironmentChange[]): string {
  if (change === undefined || change.state === "removed") return "pods end";
  if (change.state === "new") return "pods start";
  const words = { none: "no pod restarts", reload: "pods reload", restart: "pods restart" };
  return words[change.rollout];
}

/** What changes, as short as it can be said: versions and components of the config, or else kinds of objects. */
function wordsOf({ state, statements, objects, before, after }: EnvironmentChange): readonly string[] {
  if (state !== "changed") return [state];
  if (objects.length === 0) return ["written otherwise"];
  const versions = [...versionWords("chart", chartOf(before), chartOf(after)), ...imageWords(before, after)];
  const components = new Set(
    statements.flatMap(({ section, of }) => (section === "Config" && of !== undefined ? [of.text] : [])),
  );
  const config = components.size === 0 ? [] : [`config (${configWords([...components])})`];
  const kinds = objects.map(
    ({ object, change }) => `${object.split(" ", 1)}${change === "changed" ? "" : ` ${change}`}`,
  );
  const words = [...versions, ...config];
  return words.length > 0 ? words : [[...new Set(kinds)].join(", ")];
}

function configWords(components: readonly string[]): string {
  return components.length === 1 ? components.join() : counted(components.length, "component");
}

function versionWords(
  what: string,
  before: string | undefined,
  after: string | undefined,
): readonly string[] {
  return before === after || before === undefined || after === undefined
    ? []
    : [`${what} ${before} → ${after}`];
}

/** The chart that made the agent's DaemonSet, by the label that it has of it. */
function chartOf({ agent }: Side): string | undefined {
  const chart = mapAt(mapAt(agent?.workload.content ?? {}, "metadata"), "labels")["helm.sh/chart"];
  return typeof chart === "string" ? chart.replace(/^.*?-(?=\d)/, "") : undefined;
}

/** The images that change in containers that stay: by their tags alone, where nothing else of the image changes. */
function imageWords(before: Side, after: Side): readonly string[] {
  const [old, present] = [imagesOf(before), imagesOf(after)];
  return [...present].flatMap(([name, image]) => {
    const was = old.get(name);
    if (was === undefined || was === image) return [];
    const [[, place, tag], [, oldPlace, oldTag]] = [partsOf(image), partsOf(was)];
    const what = name === "alloy" ? "image" : `image of ${name}`;
    const isTag = place === oldPlace && tag !== oldTag;
    return versionWords(what, isTag ? oldTag : was, isTag ? tag : image);
  });
}

/** An image, the part that says where it is, and its tag. */
function partsOf(image: string): readonly (string | undefined)[] {
  return /^(.*?)(?::([^/@]+))?(?:@.*)?$/.exec(image) ?? [];
}

function imagesOf({ agent }: Side): ReadonlyMap<string, string> {
  const containers = mapsAt(agent?.pod.spec ?? {}, "containers");
  return new Map(containers.map(({ name, image }) => [String(name), String(image)]));
}
