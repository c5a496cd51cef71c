import { hasValue, type PlainSettings } from "./plain-settings";
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
export function checkConflicts(settings: PlainSettings, chartValues: PlainSettings, report: Report): void {
  for (const [setting, chartValue] of rivals) {
    if (hasValue(settings, setting) && hasValue(chartValues, chartValue)) {
      report.add(chartValue, `says what ${formatKey(setting)} says; keep one of the two`);
    }
  }
}
