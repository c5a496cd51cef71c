import { ottl } from "../../alloy";
import type { AistoreCluster } from "../../environment";

/** The letter with which a line of AIStore's log begins, as a word of its own, and OpenTelemetry's severity for it. */
const severities = [
  { letter: "I", number: 9, text: "INFO" },
  { letter: "W", number: 13, text: "WARN" },
  { letter: "E", number: 17, text: "ERROR" },
];

/** The logs of AIStore's own pods: the service's name is that of the AIStore resource. */
export function isAistoreLog(clusters: readonly AistoreCluster[]): string {
  return clusters
    .map(
      ({ namespace, name }) =>
        ottl`(resource.attributes["k8s.namespace.name"] == ${namespace} and resource.attributes["service.name"] == ${name})`,
    )
    .join(" or ");
}

/** The statements that read the severity of AIStore's lines. */
export const aistoreSeverity: readonly string[] = severities.flatMap(({ letter, number, text }) => {
  const begins = ottl`IsMatch(log.body, ${`^[ \\t]*${letter}\\b`})`;
  return [
    `${ottl`set(log.severity_number, ${number})`} where ${begins}`,
    `${ottl`set(log.severity_text, ${text})`} where ${begins}`,
  ];
});
