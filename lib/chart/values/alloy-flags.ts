import { isGoDuration, nearest } from "../../alloy";
import { wrongKind } from "../../schema";
import type { Shape } from "./shape";

// The flags of `alloy run`. Source: Alloy v1.18.1, internal/alloycli/cmd_run.go (mountRunFlags).

/** Flags that may be given, with what they take. */
const taken: Readonly<Record<string, "flag" | "text" | "duration">> = {
  "disable-reporting": "flag",
  "feature.community-components.enabled": "flag",
  "feature.component-shutdown-deadline": "duration",
  "server.http.disable-support-bundle": "flag",
  "server.http.enable-pprof": "flag",
  "server.http.memory-addr": "text",
};

const noCluster = "is for agents that share out what they read, and each reads its own node; leave it out";
const ownConfig = "the config is written in Alloy's own syntax by this project; leave it out";

/** Other flags that there are, by their beginning, and what to do instead. */
const refused: readonly (readonly [start: string, instead: string])[] = [
  ["server.http.listen-addr", "is set already; write `ui.port` or `ui.expose` at the top level"],
  ["server.http.ui-path-prefix", "is set already; write `alloy.uiPathPrefix`"],
  [
    "server.http.enable-graphql",
    "takes the stability level experimental, which no component here needs; leave it out",
  ],
  ["stability.level", "is set already, by what the components need; leave it out"],
  ["storage.path", "is set already; write `storage.path` at the top level"],
  ["cluster.", noCluster],
  ["config.", ownConfig],
  ["feature.prometheus.direct-fanout.enabled", "takes the stability level experimental; leave it out"],
  ["windows.priority", "is a flag for Windows, and the agent runs on Linux; leave it out"],
  ["help", "prints help instead of running; leave it out"],
];

/** What Go takes for a boolean. */
const boolean = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** Arguments of `alloy run`, besides those that are there already. */
export const alloyArguments: Shape = (value, key, tell) => {
  if (!Array.isArray(value)) {
    tell(key, wrongKind(value, ["array"]));
    return;
  }
  for (let index = 0; index < value.length; index++) {
    const argument: unknown = value[index];
    if (typeof argument !== "string") {
      tell([...key, index], wrongKind(argument, ["string"]));
      continue;
    }
    const [, name, equals, given] = /^--([a-z][\w.-]*)(=?)(.*)$/s.exec(argument) ?? [];
    const kind = name !== undefined && Object.hasOwn(taken, name) ? taken[name] : undefined;
    if (name === undefined || kind === undefined) {
      tell([...key, index], unknownFlag(argument, name));
      continue;
    }
    // A flag's value may be the next argument, but for that of one that is on or off.
    const next: unknown = value[index + 1];
    const separate = equals === "" && kind !== "flag";
    if (separate) index++;
    const content = separate ? next : equals === "" ? "true" : given;
    const place = [...key, index];
    if (typeof content !== "string") {
      tell(key, `--${name} has no value; write --${name}=…`);
    } else if (kind === "flag" && !boolean.test(content)) {
      tell(place, `--${name} is on or off; write true or false behind =`);
    } else if (kind === "duration" && !isGoDuration(content)) {
      tell(place, `--${name} takes a duration; write one such as --${name}=5m`);
    }
  }
};

function unknownFlag(argument: string, name: string | undefined): string {
  if (name === undefined) {
    return `${argument.startsWith("-") ? "is no flag" : "is no flag, and the path of the config is there already"}; write --name=value`;
  }
  const known = refused.find(([start]) => name.startsWith(start));
  if (known !== undefined) return `--${name} ${known[1]}`;
  const meant = nearest(name, Object.keys(taken));
  return `--${name} is no flag of alloy run v1.18.1; ${meant === undefined ? "leave it out" : `write --${meant}`}`;
}
