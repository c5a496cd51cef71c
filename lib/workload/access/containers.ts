import { agentContainer, type JsonMap, reloaderContainer } from "../../chart";
import { hasValue, valueAt } from "../../schema";
import type { Grant } from "../grants/required";
import { mapAt, mapsAt, type PodTemplate, textsAt } from "../pod/pod-security-levels";
import {
  type Container,
  type ContainerAccess,
  chartGiven,
  type PodAccess,
  type PodAccessOptions,
} from "./access";
import { capabilitiesOf, pathsOf, secretsOf } from "./mounts-and-secrets";
import { ofContainer, ofNode, ofObjects, ofPod } from "./others";

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

/** Reads what a pod has, container by container. */
export function podAccess(pod: PodTemplate, options: PodAccessOptions): PodAccess {
  const containers = [
    ...mapsAt(pod.spec, "initContainers").map((fields) => ({ fields, first: true })),
    ...mapsAt(pod.spec, "containers").map((fields) => ({ fields, first: false })),
  ].map(({ fields, first }) => ({ name: String(fields.name), fields, first }));
  return {
    paths: containers.flatMap((container) => pathsOf(container, pod, options)),
    secrets: containers.flatMap((container) => secretsOf(container, pod, options)),
    capabilities: containers.flatMap((container) => capabilitiesOf(container, options)),
    containers: containers.map((container) => containerOf(container, pod, options)),
    others: [
      ...ofNode(pod),
      ...containers.flatMap((container) => ofContainer(container, pod, options)),
      ...ofPod(pod, options),
      ...ofObjects(options),
    ],
  };
}

/** Everything that a pod has, and why. */
export function grantsIn({ paths, secrets, capabilities, containers, others }: PodAccess): readonly Grant[] {
  const extra = containers.flatMap(({ name, image, beyond, components }) => [
    ...(components.length > 0 ? [{ what: `container ${name} of image ${image}`, components }] : []),
    ...beyond,
  ]);
  return [...paths, ...secrets, ...capabilities, ...extra, ...others];
}
