import { isRecord } from "./kind";
import type { Report } from "./report";
import { formatKey, type SettingKey } from "./setting-key";

/** Settings of this project, and the chart values that say the same. */
const rivals: readonly (readonly [setting: SettingKey, chartValue: SettingKey])[] = [
  [["resources"], ["alloy", "resources"]],
  [
    ["ui", "expose"],
    ["alloy", "listenAddr"],
  ],
  [
    ["ui", "port"],
    ["alloy", "listenPort"],
  ],
  [
    ["reloader", "listen_address"],
    ["configReloader", "customArgs"],
  ],
  [["max_unavailable"], ["controller", "updateStrategy"]],
  [["network_policy"], ["networkPolicy"]],
  [["api_server_ports"], ["networkPolicy"]],
];

/** Reports each chart value that says what a setting of the same file says too: one of them would be passed over. */
export function checkConflicts(
  settings: Readonly<Record<string, unknown>>,
  chartValues: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  for (const [setting, chartValue] of rivals) {
    if (hasValue(settings, setting) && hasValue(chartValues, chartValue)) {
      report.add(chartValue, `says what ${formatKey(setting)} says; keep one of the two`);
    }
  }
}

/** Whether something is set at a key, were it null or empty. */
export function hasValue(values: unknown, [first, ...rest]: SettingKey): boolean {
  if (first === undefined) {
    return values !== undefined;
  }
  return isRecord(values) && Object.hasOwn(values, first) && hasValue(values[first], rest);
}
