import { hasValue, valueAt } from "../../environment/plain-settings";
import type { JsonMap } from "../chart/json";
import { agentContainer, reloaderContainer } from "../names";
import { mapAt, type PodTemplate, textsAt } from "../pod-security/pod-fields";
import { type Container, type ContainerAccess, chartGiven, type PodAccessOptions } from "./access";

/** Who runs a container, from which image, and what it may beyond what each container is held to. */
export function containerOf(
  { name, fields, first }: Container,
  { spec }: PodTemplate,
  options: PodAccessOptions,
): ContainerAccess {
  const ofPod = mapAt(spec, "securityContext");
  const context = mapAt(fields, "securityContext");
  const { type = mapAt(ofPod, "seccompProfile").type } = mapAt(context, "seccompProfile");
  const drop = textsAt(mapAt(context, "capabilities"), "drop");
  const beyond = [
    context.privileged === true && "is privileged",
    context.privileged !== true && context.allowPrivilegeEscalation !== false && "may gain privileges",
    context.readOnlyRootFilesystem !== true && "may write to its root file system",
    type !== "RuntimeDefault" && type !== "Localhost" && "has all system calls",
    !drop.includes("ALL") && "keeps the capabilities of its runtime",
    (context.seLinuxOptions ?? ofPod.seLinuxOptions) !== undefined && "has SELinux options of its own",
    name === agentContainer && fields.command !== undefined && "runs another command",
    givesUser(name, options) && context.runAsUser !== undefined && `runs as user ${context.runAsUser}`,
  ].filter((words) => words !== false);
  const own = [agentContainer, reloaderContainer].includes(name);
  return {
    name,
    first,
    image: String(fields.image),
    user: userOf(name, { ...ofPod, ...context }),
    beyond: beyond.map((words) => ({ what: `container ${name} ${words}`, components: chartGiven })),
    components: own && !imageGiven(name, options) ? (options.images ? ["images"] : []) : chartGiven,
  };
}

function givesUser(name: string, { chartValues }: PodAccessOptions): boolean {
  const section = name === agentContainer ? "alloy" : name === reloaderContainer ? "configReloader" : "";
  return hasValue(chartValues, [section, "securityContext", "runAsUser"]);
}

/** Who runs a container: Alloy's image has root for its user. */
function userOf(name: string, { runAsUser, runAsNonRoot }: JsonMap): string {
  if (runAsUser === undefined && name !== agentContainer) {
    return runAsNonRoot === true ? "its image's, if that isn't root" : "its image's";
  }
  return runAsUser === undefined || runAsUser === 0 ? "root" : `${runAsUser}`;
}

function imageGiven(name: string, { chartValues }: PodAccessOptions): boolean {
  const sections = name === agentContainer ? ["image"] : ["configReloader.image"];
  return [...sections, "global.image"].some((section) =>
    ["registry", "repository", "tag", "digest"].some((field) => {
      const value = valueAt(chartValues, [...section.split("."), field]);
      return value !== undefined && value !== null && value !== "";
    }),
  );
}
