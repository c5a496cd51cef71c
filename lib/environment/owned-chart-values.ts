import { hasValue, type PlainSettings, sectionOf } from "./plain-settings";
import { SettingError, type SettingKey } from "./setting-key";

/** Chart values that this project sets, and what to do instead of setting them. */
const owned: readonly (readonly [key: SettingKey, instead: string])[] = [
  [["alloy", "configMap"], "Alloy's configuration is made from this file; leave it out"],
  [["alloy", "stabilityLevel"], "it follows from the components in use; leave it out"],
  [["alloy", "storagePath"], "write `storage.path` at the top level"],
  [["controller", "hostNetwork"], "write `host_network` at the top level"],
  [["controller", "dnsPolicy"], "it follows from `host_network`; leave it out"],
  [["namespaceOverride"], "the agent has a namespace of its own; leave it out"],
  [["rbac"], "access to the API follows from the components in use; leave it out"],
];

/** Flags of `alloy run` that this project sets. */
const ownedFlags = ["--server.http.listen-addr", "--stability.level", "--storage.path"];

/** Every chart value that is this project's to set, whatever the rest of the environment says. */
export function ownedChartValues(values: PlainSettings): readonly SettingError[] {
  const { type = "daemonset" } = sectionOf(values, "controller");
  const { extraArgs } = sectionOf(values, "alloy");
  return [
    ...owned
      .filter(([key]) => hasValue(values, key))
      .map(([key, instead]) => new SettingError(key, `the chart value is not yours to set: ${instead}`)),
    ...(type === "daemonset"
      ? []
      : [
          new SettingError(
            ["controller", "type"],
            "the agent runs on every node; write `daemonset` or leave it out",
          ),
        ]),
    ...(Array.isArray(extraArgs) ? extraArgs : []).flatMap((argument, index) => {
      const flag = ownedFlags.find((name) => argument === name || String(argument).startsWith(`${name}=`));
      return flag === undefined
        ? []
        : [new SettingError(["alloy", "extraArgs", index], `${flag} is set already; leave it out`)];
    }),
  ];
}
