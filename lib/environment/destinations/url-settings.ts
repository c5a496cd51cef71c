import * as z from "zod/mini";
import { url } from "../setting-types";
import type { UrlUse } from "../url";

/** The URLs of a destination: the settings of which each has at least one. */
export const urlNames = ["endpoint", "metricsEndpoint", "logsEndpoint"] as const;

/** What an editor says of a URL, by its setting. */
type Help = Readonly<Record<(typeof urlNames)[number], { readonly description: string; example: string }>>;

/** The settings by which each kind of destination has its URLs. */
export function urlSettings(use: Omit<UrlUse, "role">, help: Help) {
  const setting = (name: keyof Help, role: UrlUse["role"]) => {
    const { description, example } = help[name];
    return z.exactOptional(url({ role, ...use }, { description, examples: [example] }));
  };
  return {
    endpoint: setting("endpoint", "base"),
    metricsEndpoint: setting("metricsEndpoint", "metrics"),
    logsEndpoint: setting("logsEndpoint", "logs"),
    any_path: z.exactOptional(
      z
        .boolean()
        .check(
          z.describe(
            "true: the receiver takes OTLP at these URLs, though their paths are others than those that are known of it.",
          ),
        ),
    ),
  };
}
