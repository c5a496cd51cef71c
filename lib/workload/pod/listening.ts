import type { PortRequirement, RequirementOf } from "../../alloy";
import { isJsonMap, type JsonMap } from "../../chart";
import { type Grant, groupBy, requiredOf } from "../grants/required";
import type { PropMistake } from "../props/props";
import type { HelmRender } from "./helm-render";
import { mapsAt } from "./pod-security-levels";

/** A port that components listen on, for others to send to. */
export interface PortGrant extends Grant {
  readonly port: { readonly protocol: PortRequirement["protocol"]; readonly port: number };
}

/** The ports that components listen on, and who does. */
export function portGrants(requirements: readonly RequirementOf[]): readonly PortGrant[] {
  const listening = groupBy(
    requiredOf(requirements, "port"),
    ({ requirement: { protocol, port } }) => `${protocol} ${port}`,
  );
  return [...listening].flatMap(([what, same]) =>
    same.slice(0, 1).map(({ requirement: { protocol, port } }) => ({
      what: `from everywhere to ${what}`,
      components: same.map(({ component }) => component),
      port: { protocol, port },
    })),
  );
}

/** Has the agent's Service lead to the ports that components listen on, by the same numbers. */
export function serve(render: HelmRender, ports: readonly PortGrant[]): void {
  if (ports.length === 0) return;
  for (const { content } of render.objects.filter(({ kind }) => kind === "Service")) {
    if (!isJsonMap(content.spec)) continue;
    const own = mapsAt(content.spec, "ports");
    const more = ports
      .filter(
        ({ port: { port, protocol } }) =>
          !own.some((one) => one.port === port && (one.protocol ?? "TCP") === protocol),
      )
      .map(
        ({ port: { port, protocol } }): JsonMap => ({
          name: `${protocol.toLowerCase()}-${port}`,
          port,
          targetPort: port,
          protocol,
        }),
      );
    content.spec.ports = [...own, ...more];
  }
}

/** Without its capability, a process listens on no port below. */
const leastPort = 1024;

/**
 * The ports that components listen on and can't have: of a privileged number, or wanted by two.
 *
 * @param taken the port of Alloy's own server, where no prop names it
 */
export function portMistakes(
  requirements: readonly RequirementOf[],
  taken: number | undefined,
): readonly PropMistake[] {
  const listening = [...requiredOf(requirements, "port"), ...requiredOf(requirements, "loopbackPort")].map(
    ({ component, requirement }) => ({
      component,
      port: requirement.port,
      protocol: requirement.kind === "port" ? requirement.protocol : "TCP",
    }),
  );
  const first = new Map<string, string>([[`TCP ${taken}`, "Alloy's own server"]]);
  return listening.flatMap(({ component, port, protocol }): readonly PropMistake[] => {
    const of = (message: string) => ({
      path: ["requirements"] as const,
      message: `${component} ${message}`,
      components: [component],
    });
    const id = `${protocol} ${port}`;
    const other = first.get(id);
    first.set(id, other ?? component);
    if (port < leastPort) {
      return [
        of(
          `listens on port ${port}, which takes a capability that the agent hasn't; write one from ${leastPort} on`,
        ),
      ];
    }
    return other === undefined ? [] : [of(`listens on port ${id}, as ${other} does; write another`)];
  });
}
