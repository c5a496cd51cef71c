import { portOf } from "../environment/listen-address";
import { SettingError, type SettingKey } from "../environment/setting-key";
import type { AlloyWorkloadProps } from "./alloy-workload-props";
import { copyMap, type JsonMap, valueAt } from "./chart/json";
import { requiredOf } from "./grants/required";
import { itemsAt } from "./owned-values";

/**
 * An error for each setting and chart value that has something listen on a port of the pod's network, or the node's, where
 * a component does. Whoever is first has the port, and the other doesn't work.
 */
export function takenPortErrors({
  requirements,
  uiPort,
  reloaderAddress,
  chartValues = {},
}: AlloyWorkloadProps): readonly SettingError[] {
  const components = new Map(
    requiredOf(requirements, "loopbackPort").map(({ component, requirement }) => [
      requirement.port,
      component,
    ]),
  );
  const wanted: readonly (readonly [key: SettingKey, port: unknown])[] = [
    [["ui", "port"], uiPort],
    [["reloader", "listen_address"], portOf(reloaderAddress ?? "")],
    ...portsOf(copyMap(chartValues)),
  ];
  return wanted.flatMap(([key, port]) => {
    const component = components.get(Number(port));
    return component === undefined
      ? []
      : [new SettingError(key, `is port ${port}, on which ${component} listens; write another`)];
  });
}

/** The ports that chart values open in the pod. */
function portsOf(values: JsonMap): readonly (readonly [key: SettingKey, port: unknown])[] {
  const containers = itemsAt(values, ["controller", "extraContainers"]);
  return [
    [["alloy", "listenPort"], valueAt(values, ["alloy", "listenPort"])],
    ...itemsAt(values, ["alloy", "extraPorts"]).map(
      ({ key, value }) => [[...key, "targetPort"], value.targetPort] as const,
    ),
    ...containers.flatMap(({ key, value }) =>
      itemsAt(value, ["ports"]).map(
        (port) => [[...key, ...port.key, "containerPort"], port.value.containerPort] as const,
      ),
    ),
  ];
}
