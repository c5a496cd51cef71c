import { defaulted } from "../schema/setting";
import { oneOf } from "../schema/setting-types";

// The settings of what is known of the agent itself.

/** How much of what it counts the agent sends of itself. */
export const ownMetricsChoices = ["needed", "all", "none"] as const;

export const ownMetrics = defaulted(oneOf(ownMetricsChoices), "needed", {
  description:
    "The agent's own metrics that are sent to every destination of metrics: those that alerts and dashboards read, all, or none.",
});
