import {
  agentContainer,
  type ChartValues,
  type JsonMap,
  mapAt,
  mapsAt,
  reloaderContainer,
} from "../../chart";
import { hasValue, isRecord, type SettingKey, sectionOf, valueAt } from "../../schema";
import type { PodGrants, Volume, VolumeMount } from "../grants/pod-grants";
import type { PropMistake, PropPath } from "../props/props";
import type { HelmRender } from "./helm-render";
import { Fields, RenderedContainer } from "./rendered-container";
import type { RenderedDaemonSet } from "./rendered-daemon-set";

/** What {@link grantToPod} takes. */
export interface AgentPodOptions {
  readonly grants: PodGrants;
  /** Those that no component asks for. */
  readonly ownVolumes: readonly OwnVolume[];
  /** Where Alloy keeps its data, on the node or not. */
  readonly storagePath: string;
}

/**
 * Gives the agent's pod what its components require.
 *
 * @throws WorkloadError when the chart renders a pod that this doesn't fit
 */
export function grantToPod(daemonSet: RenderedDaemonSet, options: AgentPodOptions): void {
  const { grants, ownVolumes, storagePath } = options;
  const agent = daemonSet.container(agentContainer);
  for (const { volume, mounts } of [...grants.volumes, ...grants.secrets]) {
    daemonSet.addVolume(volume);
    for (const mount of mounts) agent.addMount(mount);
  }
  for (const { volume, mount } of ownVolumes) {
    daemonSet.addVolume(volume);
    agent.addMount(mount);
  }
  for (const { name, fieldPath } of grants.variables) {
    agent.addVariable({ name, valueFrom: { fieldRef: { fieldPath } } });
  }
  agent.limitCapabilities(grants.capabilities.map(({ capability }) => capability));
  agent.setArgument("--stability.level", grants.stability.level);
  agent.setArgument("--storage.path", storagePath);
}

/** What {@link secure} takes. */
export interface SecurityOptions {
  readonly chartValues: ChartValues;
  /** Whether the chart's sidecar runs. */
  readonly reloader: boolean;
  /** Whether the agent reads the node, which takes root. */
  readonly readsNode: boolean;
}

/** The user that Alloy's image has for those who don't want to run it as root, and its group. */
const imageUser = 473;

/**
 * Takes from the containers what no component needs: more privileges than they start with, unusual system calls, a
 * file system to write to, the token of the ServiceAccount. What the chart's values say stands.
 *
 * The agent runs as root only where it reads the node: files of the node's root, or storage that the kubelet makes for
 * root. Without capabilities it may read what root owns and everybody's, and no more.
 */
export function secure(render: HelmRender, { chartValues, reloader, readsNode }: SecurityOptions): void {
  const daemonSet = render.daemonSet();
  restrict(daemonSet.container(agentContainer));
  if (!readsNode && !mountsNode(daemonSet) && !givesUser(chartValues)) {
    daemonSet.container(agentContainer).addDefaults({
      securityContext: { runAsNonRoot: true, runAsUser: imageUser, runAsGroup: imageUser },
    });
  }
  if (reloader) restrict(daemonSet.container(reloaderContainer));
  // With true in the chart's values, the containers that they add get the token too.
  if (sectionOf(chartValues, "serviceAccount").automountServiceAccountToken !== true) {
    daemonSet.addDefaults({ automountServiceAccountToken: false });
    const accounts = render.objects.filter(({ kind }) => kind === "ServiceAccount");
    for (const { content } of accounts) content.automountServiceAccountToken = false;
  }
}

/** Whether the pod has paths of the node, were it by the chart's values. */
function mountsNode({ podTemplate }: RenderedDaemonSet): boolean {
  return mapsAt(podTemplate.spec, "volumes").some(({ hostPath }) => hostPath !== undefined);
}

/** Whether the chart's values say who runs the agent: half of what they say would be no user. */
function givesUser(chartValues: ChartValues): boolean {
  const contexts = [
    ["alloy", "securityContext"],
    ["global", "podSecurityContext"],
  ];
  return contexts.some(
    (context) =>
      ["runAsUser", "runAsGroup", "privileged"].some((name) => hasValue(chartValues, [...context, name])) ||
      valueAt(chartValues, [...context, "runAsNonRoot"]) === false,
  );
}

/**
 * The containers that no node would start, or the API server refuses: the chart's values say one thing of who runs them, and
 * the chart, the pod or the image another.
 */
export function contextMistakes({ podTemplate }: RenderedDaemonSet, chartValues: ChartValues) {
  const ofPod = mapAt(podTemplate.spec, "securityContext");
  const mistakes = (key: SettingKey, container: JsonMap): readonly PropMistake[] => {
    const context = mapAt(container, "securityContext");
    const { runAsUser = ofPod.runAsUser, runAsNonRoot = ofPod.runAsNonRoot } = context;
    const at = (...names: readonly string[]): PropPath => {
      const places = [key, ["global", "podSecurityContext"]].flatMap((place) =>
        names.map((name) => [...place, name]),
      );
      return ["chartValues", ...(places.find((place) => hasValue(chartValues, place)) ?? key)];
    };
    const isRoot = runAsUser === 0 || (runAsUser === undefined && container.name === agentContainer);
    const isPrivileged = new RenderedContainer(new Fields(container, "")).isPrivileged;
    return [
      runAsNonRoot === true &&
        isRoot && {
          path: at("runAsUser", "runAsNonRoot"),
          message:
            runAsUser === 0
              ? `keeps container ${container.name} from its start, as user 0 is root, and runAsNonRoot is true; write runAsNonRoot: false beside it, or another user`
              : "keeps the agent from its start, which reads the node as root; remove it",
        },
      context.allowPrivilegeEscalation === false &&
        isPrivileged &&
        !hasValue(chartValues, [...key, "allowPrivilegeEscalation"]) && {
          path: at("privileged", "capabilities"),
          message:
            "is refused by Kubernetes beside allowPrivilegeEscalation: false, which the chart has there; write that as true, or remove this",
        },
    ].filter((mistake) => mistake !== false);
  };
  return [
    ...mapsAt(podTemplate.spec, "containers").flatMap((container) => {
      const extra = itemsNamed(chartValues, "extraContainers", container.name);
      const key = chartsContainers[String(container.name)] ?? extra;
      return mistakes([...key, "securityContext"], container);
    }),
    ...mapsAt(podTemplate.spec, "initContainers").flatMap((container) =>
      mistakes([...itemsNamed(chartValues, "initContainers", container.name), "securityContext"], container),
    ),
  ];
}

/** The chart values of the chart's own containers. */
const chartsContainers: Readonly<Record<string, SettingKey>> = {
  [agentContainer]: ["alloy"],
  [reloaderContainer]: ["configReloader"],
};

function itemsNamed(chartValues: ChartValues, list: string, name: unknown): SettingKey {
  const items = valueAt(chartValues, ["controller", list]);
  const index = (Array.isArray(items) ? items : []).findIndex((item) => isRecord(item) && item.name === name);
  return ["controller", list, index];
}

function restrict(container: RenderedContainer): void {
  container.addDefaults({
    securityContext: {
      // Kubernetes refuses this beside what escalates by itself.
      ...(container.isPrivileged ? {} : { allowPrivilegeEscalation: false }),
      readOnlyRootFilesystem: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
  });
}

/** A volume of the pod, and where the agent mounts it. */
export interface OwnVolume {
  readonly volume: Volume;
  readonly mount: VolumeMount;
}

/** What {@link ownVolumes} takes. */
export interface OwnVolumesOptions {
  /** Alloy's storage path, unless it is on the node. */
  readonly scratchPath?: string | undefined;
  /** Whether a component uses the Kubernetes API. */
  readonly apiAccess: boolean;
}

/** Volumes that hold nothing of the node: what Alloy writes and may lose, and the token for the Kubernetes API. */
export function ownVolumes({ scratchPath, apiAccess }: OwnVolumesOptions): readonly OwnVolume[] {
  return [
    ...(scratchPath === undefined ? [] : [scratch(scratchPath)]),
    ...(apiAccess ? [serviceAccountToken] : []),
  ];
}

/** Alloy makes its storage path when it starts, in a file system that is read-only otherwise. */
function scratch(mountPath: string): OwnVolume {
  const name = "storage";
  return { volume: { name, emptyDir: {} }, mount: { name, mountPath } };
}

/** With its default written: the server sets it, and each apply would take it away again, since the list is replaced as a whole. */
const namespaceField = { apiVersion: "v1", fieldPath: "metadata.namespace" };

const tokenVolume = "service-account-token";

/**
 * What Kubernetes mounts into every container of a pod with `automountServiceAccountToken`, for the agent alone: the
 * sidecar has no use for it.
 */
const serviceAccountToken: OwnVolume = {
  volume: {
    name: tokenVolume,
    projected: {
      sources: [
        { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
        { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
        { downwardAPI: { items: [{ path: "namespace", fieldRef: namespaceField }] } },
      ],
    },
  },
  mount: {
    name: tokenVolume,
    mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
    readOnly: true,
  },
};
