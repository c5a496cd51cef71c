import type { Grant } from "../grants/required-by";
import { mapsAt, type PodTemplate } from "../pod-security/pod-fields";
import type { PodAccess, PodAccessOptions } from "./access";
import { containerOf } from "./containers";
import { capabilitiesOf, pathsOf, secretsOf } from "./mounts-and-secrets";
import { ofContainer, ofNode, ofObjects, ofPod } from "./others";

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
