import type { k8s } from "cdk8s-plus-28";
import { holdsCredentials, isCredential, isRecord, type SettingKey } from "../../schema";
import type { Known } from "./container";
import { pathBelow } from "./names";
import type { Values } from "./ports";
import { anyText, fields, flag, list, type Shape, type Tell, text, whole, word } from "./shape";

// What pods and containers may do. Names and sources as in container.ts.

/** Linux' capabilities, as Kubernetes names them. Source: linux/capability.h as of 6.18. */
const capabilities =
  "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM".split(
    " ",
  );

const capability = word("ALL", ...capabilities);

const profile = fields(
  "a seccomp profile",
  {
    type: word("RuntimeDefault", "Unconfined", "Localhost"),
    localhostProfile: pathBelow,
  } satisfies Known<k8s.SeccompProfile>,
  {
    needs: ["type"],
    together: ({ type, localhostProfile }, key, tell) => {
      if ((type === "Localhost") !== (localhostProfile !== undefined)) {
        tell([...key, "localhostProfile"], "goes with type Localhost and no other; write both, or neither");
      }
    },
  },
);

/** What pods and containers have in common. */
const securityFields = {
  runAsUser: whole(0),
  runAsGroup: whole(0),
  runAsNonRoot: flag,
  seccompProfile: profile,
  seLinuxOptions: fields("SELinux options", {
    level: anyText,
    role: anyText,
    type: anyText,
    user: anyText,
  } satisfies Known<k8s.SeLinuxOptions>),
} satisfies Known<k8s.PodSecurityContext>;

/** The user that runs as root can't be one that isn't root: the kubelet would not start it. */
function tellRoot(
  { runAsUser, runAsNonRoot }: Readonly<Record<string, unknown>>,
  key: SettingKey,
  tell: Tell,
): void {
  if (runAsUser === 0 && runAsNonRoot === true) {
    tell([...key, "runAsNonRoot"], "is true beside user 0, which is root; change one");
  }
}

/** What holds for all containers that say nothing of their own. */
export const podSecurityContext = fields(
  "a pod's security context",
  {
    ...securityFields,
    fsGroup: whole(0),
    fsGroupChangePolicy: word("Always", "OnRootMismatch"),
    supplementalGroups: list(whole(0)),
    sysctls: list(
      fields(
        "a sysctl",
        {
          name: text(
            /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9][-_a-z0-9]*$/,
            "is no sysctl; write one such as net.core.somaxconn",
          ),
          value: anyText,
        } satisfies Known<k8s.Sysctl>,
        { needs: ["name", "value"] },
      ),
      "name",
    ),
  } satisfies Known<k8s.PodSecurityContext>,
  {
    together: tellRoot,
  },
);

/** On the node's network, its settings are the node's. */
export function networkSysctls({ settings, items, tell }: Values): void {
  if (settings.host_network !== true) return;
  for (const { key, map } of items("global.podSecurityContext.sysctls")) {
    if (/^net[./]/.test(String(map.name))) {
      tell(
        [...key, "name"],
        `is of the network, which is the node's with host_network: ${map.name}; remove it, and set it on the nodes`,
      );
    }
  }
}

const addsAdmin = (capabilities: unknown) =>
  isRecord(capabilities) && Array.isArray(capabilities.add) && capabilities.add.includes("SYS_ADMIN");

/** What a container may do. @param dropped what may be dropped: what is added is all that the agent keeps */
const securityContextWith = (dropped: Shape) =>
  fields(
    "a container's security context",
    {
      ...securityFields,
      allowPrivilegeEscalation: flag,
      capabilities: fields("capabilities", {
        add: list(capability),
        drop: list(dropped),
      } satisfies Known<k8s.Capabilities>),
      privileged: flag,
      procMount: word("Default"),
      readOnlyRootFilesystem: flag,
    } satisfies Known<k8s.SecurityContext>,
    {
      together: (context, key, tell) => {
        const { privileged, allowPrivilegeEscalation, capabilities } = context;
        tellRoot(context, key, tell);
        if (allowPrivilegeEscalation === false && (privileged === true || addsAdmin(capabilities))) {
          tell(
            [...key, "allowPrivilegeEscalation"],
            "is false beside privileged or SYS_ADMIN, which Kubernetes refuses; remove one",
          );
        }
      },
    },
  );

/** Of any container but the agent's. */
export const securityContext = securityContextWith(capability);

/** Of the agent's container, which keeps no capability but those that are added. */
export const agentSecurityContext = securityContextWith(word("ALL"));

/** What everyone who reads the manifests would read: variables and the like that are called so, and texts of such a form. */
export function secretsInValues({ chartValues, items, tell }: Values): void {
  const shown = "which the manifests would show";
  const look = (value: unknown, key: SettingKey): void => {
    if (typeof value === "string") {
      if (holdsCredentials(value)) tell(key, `holds credentials, ${shown}; put them into a Secret`);
    } else if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) look(one, [...key, index]);
    } else if (isRecord(value)) {
      const { name, value: text, ...others } = value;
      const isNamed = typeof name === "string" && typeof text === "string" && isCredential(name, text);
      if (isNamed) {
        const instead = "put it into a Secret, and write valueFrom with secretKeyRef";
        tell([...key, "value"], `is a credential, as the name ${name} says, ${shown}; ${instead}`);
      }
      const left = isNamed ? others : value;
      for (const [field, one] of Object.entries(left)) look(one, [...key, field]);
    }
  };
  look(chartValues, []);
  for (const { key, map } of items("extraObjects")) {
    for (const [name, text] of Object.entries(isRecord(map.data) ? map.data : {})) {
      if (typeof text === "string" && isCredential(name, text) && !holdsCredentials(text)) {
        tell([...key, "data", name], `is a credential by its name, ${shown}; put it into a Secret`);
      }
    }
  }
}
