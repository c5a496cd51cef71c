import { type About, defaulted, optional } from "../setting";
import { url, yesOrNo } from "../setting-types";
import type { UrlUse } from "../url";

/** The URLs of a destination: the settings of which each has at least one. */
export const urlNames = ["endpoint", "metricsEndpoint", "logsEndpoint"] as const;

/** What URLs say of themselves, by their settings. */
type Abouts = Readonly<Record<(typeof urlNames)[number], About>>;

/** The settings by which each kind of destination has its URLs. */
export function urlSettings(use: Omit<UrlUse, "role">, abouts: Abouts) {
  const setting = (name: keyof Abouts, role: UrlUse["role"]) => optional(url({ role, ...use }), abouts[name]);
  return {
    endpoint: setting("endpoint", "base"),
    metricsEndpoint: setting("metricsEndpoint", "metrics"),
    logsEndpoint: setting("logsEndpoint", "logs"),
    any_path: defaulted(yesOrNo(), false, {
      description:
        "true: the receiver takes OTLP at these URLs, though their paths are others than those that are known of it.",
    }),
  };
}
