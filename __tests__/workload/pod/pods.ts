/** A pod, and the lowest level of Kubernetes' Pod Security Standards that admits it. */
export interface Case {
  readonly level: "restricted" | "baseline" | "privileged";
  readonly pod: { readonly metadata: object; readonly spec: object };
}

/** What every container has that `restricted` admits. */
const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

function pod(level: Case["level"], spec: object, container: object = {}, annotations: object = {}): Case {
  const containers = [{ name: "alloy", image: "alloy", securityContext: restricted, ...container }];
  return { level, pod: { metadata: { name: "alloy", annotations }, spec: { containers, ...spec } } };
}

function context(level: Case["level"], securityContext: object): Case {
  return pod(level, {}, { securityContext: { ...restricted, ...securityContext } });
}

const probe = { httpGet: { port: 12345, path: "/-/ready" } };
const { runAsNonRoot: _, seccompProfile: __, ...bare } = restricted;

/** A pod for each field that the standards look at: with what they admit and with the nearest that they don't. */
export const cases: Readonly<Record<string, Case>> = {
  "as little as can be": pod("restricted", {}),
  "the node's network": pod("privileged", { hostNetwork: true }),
  "a network of its own": pod("restricted", { hostNetwork: false }),
  "the node's processes": pod("privileged", { hostPID: true }),
  "the node's IPC": pod("privileged", { hostIPC: true }),
  "a path of the node": pod("privileged", { volumes: [{ name: "proc", hostPath: { path: "/proc" } }] }),
  "an empty folder": pod("restricted", { volumes: [{ name: "storage", emptyDir: {} }] }),
  "a Secret": pod("restricted", { volumes: [{ name: "secret", secret: { secretName: "a" } }] }),
  "a share of NFS": pod("baseline", { volumes: [{ name: "a", nfs: { server: "b", path: "/c" } }] }),
  "a port of the node": pod("privileged", {}, { ports: [{ containerPort: 1, hostPort: 1 }] }),
  "no port of the node": pod("restricted", {}, { ports: [{ containerPort: 1, hostPort: 0 }] }),
  "a port of its own": pod("restricted", {}, { ports: [{ containerPort: 1 }] }),
  privileged: context("privileged", { privileged: true }),
  unprivileged: context("restricted", { privileged: false }),
  NET_ADMIN: context("privileged", { capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
  CHOWN: context("baseline", { capabilities: { drop: ["ALL"], add: ["CHOWN"] } }),
  NET_BIND_SERVICE: context("restricted", { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
  "all capabilities": context("baseline", { capabilities: {} }),
  "some capabilities less": context("baseline", { capabilities: { drop: ["NET_RAW"] } }),
  "a probe of a host": pod("privileged", {}, { readinessProbe: { httpGet: { port: 1, host: "127.0.0.1" } } }),
  "a probe of itself": pod(
    "restricted",
    {},
    { readinessProbe: probe, livenessProbe: { tcpSocket: { port: 1 } } },
  ),
  "a hook to a host": pod("privileged", {}, { lifecycle: { preStop: { httpGet: { port: 1, host: "a" } } } }),
  "a process of the host": pod("privileged", {
    securityContext: { windowsOptions: { hostProcess: true } },
  }),
  "any system call": context("privileged", { seccompProfile: { type: "Unconfined" } }),
  "any system call by the pod": pod("privileged", {
    securityContext: { seccompProfile: { type: "Unconfined" } },
  }),
  "no word of system calls": context("baseline", { seccompProfile: null }),
  "system calls by a profile of the node": context("restricted", {
    seccompProfile: { type: "Localhost", localhostProfile: "a" },
  }),
  "what the pod says": pod(
    "restricted",
    { securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } },
    { securityContext: bare },
  ),
  "what the container says instead": pod(
    "baseline",
    { securityContext: { runAsNonRoot: true } },
    { securityContext: { ...restricted, runAsNonRoot: false } },
  ),
  "no AppArmor": context("privileged", { appArmorProfile: { type: "Unconfined" } }),
  "AppArmor's default": context("restricted", { appArmorProfile: { type: "RuntimeDefault" } }),
  "no AppArmor by annotation": pod(
    "privileged",
    {},
    {},
    {
      "container.apparmor.security.beta.kubernetes.io/alloy": "unconfined",
    },
  ),
  "AppArmor by annotation": pod(
    "restricted",
    {},
    {},
    {
      "container.apparmor.security.beta.kubernetes.io/alloy": "localhost/a",
    },
  ),
  "an SELinux type": context("privileged", { seLinuxOptions: { type: "spc_t" } }),
  "an SELinux type of containers": context("restricted", { seLinuxOptions: { type: "container_t" } }),
  "an SELinux user": context("privileged", { seLinuxOptions: { user: "system_u" } }),
  "an SELinux role of the pod": pod("privileged", { securityContext: { seLinuxOptions: { role: "a" } } }),
  "an SELinux level": context("restricted", { seLinuxOptions: { level: "s0" } }),
  "all of /proc": context("privileged", { procMount: "Unmasked" }),
  "/proc as usual": context("restricted", { procMount: "Default" }),
  "a sysctl of the node": pod("privileged", {
    securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] },
  }),
  "a sysctl of its own": pod("restricted", {
    securityContext: { sysctls: [{ name: "net.ipv4.tcp_fin_timeout", value: "1" }] },
  }),
  escalation: context("baseline", { allowPrivilegeEscalation: true }),
  "no word of escalation": context("baseline", { allowPrivilegeEscalation: null }),
  "maybe root": context("baseline", { runAsNonRoot: null }),
  "root by number": context("baseline", { runAsUser: 0 }),
  "somebody by number": context("restricted", { runAsUser: 473 }),
  "root by the pod's number": pod("baseline", { securityContext: { runAsUser: 0 } }),
  "another container": pod("baseline", { initContainers: [{ name: "a", image: "b" }] }),
};
