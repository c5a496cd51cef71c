import { type JsonMap, mapAt, mapsAt, type PodSecurityLevel, textsAt } from "../../chart";

/** The lowest level that admits a pod, and what of the pod the level below doesn't admit. */
export interface PodSecurity {
  readonly level: PodSecurityLevel;
  /** Empty at the lowest level. */
  readonly violations: readonly Violation[];
}

/** The lowest Pod Security level that admits a pod, and why no lower one does. */
export function podSecurityOf(pod: PodTemplate): PodSecurity {
  const ofBaseline = violationsOf(pod, baselineChecks);
  if (ofBaseline.length > 0) return { level: "privileged", violations: ofBaseline };
  const ofRestricted = violationsOf(pod, restrictedChecks);
  return { level: ofRestricted.length > 0 ? "baseline" : "restricted", violations: ofRestricted };
}

function violationsOf(pod: PodTemplate, checks: readonly Check[]): readonly Violation[] {
  return checks.flatMap((check) => check(pod));
}

/** Something of a pod that a Pod Security level doesn't admit. */
export interface Violation {
  /** In a few words, such as `the node's path /proc`. */
  readonly what: string;
  /** The volume that it is. @default - none */
  readonly volume?: string;
  /** The capability that it is. @default - none */
  readonly capability?: string;
  /** The container that has the capability. @default - none */
  readonly container?: string;
}

/** What of a pod a level doesn't admit, in one respect. */
type Check = (pod: PodTemplate) => readonly Violation[];

/** Violations that have nothing to be found again by. */
function said(texts: readonly string[]): readonly Violation[] {
  return texts.map((what) => ({ what }));
}

/** A pod as it stands in a manifest: what is left out, or of another kind, is as if it were not there. */
export interface PodTemplate {
  readonly spec: JsonMap;
  readonly annotations: JsonMap;
  readonly labels?: JsonMap;
}

/** A container of a pod, or the pod itself where it has settings of the same names. */
interface Part {
  /** Such as `container alloy`. */
  readonly name: string;
  readonly fields: JsonMap;
  readonly securityContext: JsonMap;
}

/** The containers of all kinds. */
function containersOf({ spec }: PodTemplate): readonly Part[] {
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((key) =>
    mapsAt(spec, key).map((fields) => part(`container ${fields.name}`, fields)),
  );
}

/** The pod, whose security context holds for the containers that say nothing of their own. */
function podOf({ spec }: PodTemplate): Part {
  return part("the pod", spec);
}

function part(name: string, fields: JsonMap): Part {
  return { name, fields, securityContext: mapAt(fields, "securityContext") };
}

// What the level `baseline` forbids.
// Source: Kubernetes' Pod Security Standards, as of 1.37: https://kubernetes.io/docs/concepts/security/pod-security-standards/

/** The capabilities that a container runtime gives by itself: a container may ask for these, and for no others. */
const capabilities = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

const selinuxTypes = new Set([
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
]);

const sysctls = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

const appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

/** Everything of a pod that `baseline` doesn't admit. */
const baselineChecks: readonly Check[] = [
  ({ spec }) =>
    (["network", "PID", "IPC"] as const)
      .filter((name) => spec[`host${name === "network" ? "Network" : name}`] === true)
      .map((name) => ({ what: `the node's ${name}` })),
  ({ spec }) =>
    mapsAt(spec, "volumes").flatMap(({ name, hostPath }) =>
      hostPath === undefined
        ? []
        : [{ what: `the node's path ${mapAt({ hostPath }, "hostPath").path}`, volume: String(name) }],
    ),
  ofContainers(
    ({ fields }) => mapsAt(fields, "ports").flatMap(({ hostPort }) => (hostPort ? [hostPort] : [])),
    "the node's port",
  ),
  ofContainers(({ securityContext: { privileged } }) => (privileged === true ? [true] : []), "privileged"),
  (pod) => containersOf(pod).flatMap(addedCapabilities),
  ofContainers(probedHosts, "a probe of the host"),
  ofBoth(({ securityContext }) => {
    const { hostProcess } = mapAt(securityContext, "windowsOptions");
    return hostProcess === true ? [true] : [];
  }, "a process of the host"),
  ofBoth(
    ({ securityContext }) =>
      forbidden(mapAt(securityContext, "seccompProfile").type, (type) => type !== "Unconfined"),
    "seccomp",
  ),
  ofBoth(
    ({ securityContext }) =>
      forbidden(mapAt(securityContext, "appArmorProfile").type, (type) => type !== "Unconfined"),
    "AppArmor",
  ),
  ofBoth(({ securityContext }) => {
    const { type, user, role } = mapAt(securityContext, "seLinuxOptions");
    return [
      ...forbidden(type, (text) => selinuxTypes.has(text)),
      ...[user, role].flatMap((value) => forbidden(value, (text) => text === "")),
    ];
  }, "SELinux"),
  ({ annotations }) =>
    said(
      Object.entries(annotations).flatMap(([key, value]) =>
        key.startsWith(appArmorAnnotation) && !/^(|runtime\/default|localhost\/.*)$/.test(String(value))
          ? [`AppArmor ${value}`]
          : [],
      ),
    ),
  ofContainers(
    ({ securityContext }) => forbidden(securityContext.procMount, (type) => type === "Default"),
    "procMount",
  ),
  (pod) =>
    said(
      mapsAt(podOf(pod).securityContext, "sysctls").flatMap(({ name }) =>
        sysctls.has(String(name)) ? [] : [`sysctl ${name}`],
      ),
    ),
];

function addedCapabilities({ fields, securityContext }: Part): readonly Violation[] {
  return textsAt(mapAt(securityContext, "capabilities"), "add")
    .filter((capability) => !capabilities.has(capability))
    .map((capability) => ({ what: `capability ${capability}`, capability, container: String(fields.name) }));
}

/** The hosts that a container has the kubelet reach out to. */
function probedHosts({ fields }: Part): readonly unknown[] {
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"].map((key) => mapAt(fields, key));
  const hooks = ["postStart", "preStop"].map((key) => mapAt(mapAt(fields, "lifecycle"), key));
  return [...probes, ...hooks]
    .flatMap((handler) => ["httpGet", "tcpSocket"].map((key) => mapAt(handler, key).host))
    .flatMap((host) => forbidden(host, (text) => text === ""));
}

function ofContainers(find: (part: Part) => readonly unknown[], what: string): Check {
  return (pod) => named(containersOf(pod), find, what);
}

function ofBoth(find: (part: Part) => readonly unknown[], what: string): Check {
  return (pod: PodTemplate) => named([podOf(pod), ...containersOf(pod)], find, what);
}

function named(
  parts: readonly Part[],
  find: (part: Part) => readonly unknown[],
  what: string,
): readonly Violation[] {
  return said(
    parts.flatMap((part) =>
      find(part).map((value) => `${what}${value === true ? "" : ` ${value}`} of ${part.name}`),
    ),
  );
}

/** A value that is there and not admitted. */
function forbidden(value: unknown, admits: (text: string) => boolean): readonly string[] {
  return value === undefined || value === null || admits(String(value)) ? [] : [String(value)];
}

// What the level `restricted` forbids, or asks for, besides what `baseline` forbids. Pods of Windows are no concern.
// Source: as above.

const volumeTypes = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** Everything of a pod that `restricted` doesn't admit, and `baseline` does. */
const restrictedChecks: readonly Check[] = [
  ({ spec }) =>
    mapsAt(spec, "volumes").flatMap((volume) =>
      volumeTypes.some((type) => volume[type] !== undefined)
        ? []
        : [{ what: `volume ${volume.name}`, volume: String(volume.name) }],
    ),
  ofEach(
    ({ securityContext }) => securityContext.allowPrivilegeEscalation === false,
    "may escalate its privileges",
  ),
  (pod) => {
    const { runAsNonRoot } = podOf(pod).securityContext;
    return said(
      containersOf(pod).flatMap(({ name, securityContext }) =>
        (securityContext.runAsNonRoot ?? runAsNonRoot) === true ? [] : [`${name} may run as root`],
      ),
    );
  },
  (pod) =>
    said(
      [podOf(pod), ...containersOf(pod)].flatMap(({ name, securityContext }) =>
        securityContext.runAsUser === 0 ? [`${name} runs as root`] : [],
      ),
    ),
  (pod) => {
    const ofPod = seccomp(podOf(pod));
    return said(
      containersOf(pod).flatMap((part) =>
        ["RuntimeDefault", "Localhost"].includes(String(seccomp(part) ?? ofPod))
          ? []
          : [`${part.name} has no seccomp profile`],
      ),
    );
  },
  ofEach(
    ({ securityContext }) => textsAt(mapAt(securityContext, "capabilities"), "drop").includes("ALL"),
    "keeps capabilities",
  ),
  (pod) =>
    containersOf(pod).flatMap(({ fields, securityContext }) =>
      textsAt(mapAt(securityContext, "capabilities"), "add")
        .filter((capability) => capability !== "NET_BIND_SERVICE")
        .map((capability) => ({
          what: `capability ${capability}`,
          capability,
          container: String(fields.name),
        })),
    ),
];

function seccomp({ securityContext }: Part) {
  return mapAt(securityContext, "seccompProfile").type;
}

/** What each container must have by itself. */
function ofEach(has: (container: Part) => boolean, otherwise: string): Check {
  return (pod) => said(containersOf(pod).flatMap((part) => (has(part) ? [] : [`${part.name} ${otherwise}`])));
}
