import { agentContainer, type ChartValues, reloaderContainer } from "../../chart";
import { hasValue, sectionOf } from "../../schema";
import type { HelmRender } from "./helm-render";
import { mapsAt } from "./pod-security-levels";
import type { RenderedContainer } from "./rendered-container";
import type { RenderedDaemonSet } from "./rendered-daemon-set";

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
  return ["runAsUser", "runAsGroup", "runAsNonRoot", "privileged"].some(
    (name) =>
      hasValue(chartValues, ["alloy", "securityContext", name]) ||
      hasValue(chartValues, ["global", "podSecurityContext", name]),
  );
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
