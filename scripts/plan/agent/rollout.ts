import { canonicalJson, type Json, mapAt, mapsAt, textsAt } from "../../../lib/chart";
import { titleOf } from "../objects/compare-manifests";
import { type Sign, type Statement, sentence } from "../statement";
import { type Agent, flagValue } from "./agent";

/** What becomes of the running pods. */
export type Rollout = "none" | "reload" | "restart";

/** Whether an apply restarts the agent's pods, or has them reload their config. */
export function rolloutOf(before: Agent | undefined, after: Agent | undefined): Rollout {
  if (before === undefined || after === undefined) return before === after ? "none" : "restart";
  if (titleOf(before.workload) !== titleOf(after.workload) || differ(templateOf(before), templateOf(after))) {
    return "restart";
  }
  return before.config?.text === after.config?.text ? "none" : "reload";
}

const say = (sign: Sign, about: string, text: string) => sentence("Pods", sign, about, text);

/**
 * What becomes of the agent's pods, in words.
 *
 * @param rollout {@link rolloutOf} the two
 */
export function podStatements(
  before: Agent | undefined,
  after: Agent | undefined,
  rollout: Rollout,
): readonly Statement[] {
  if (before === undefined || after === undefined) {
    return [
      ...(before === undefined ? [] : [say("-", "end", `${shortTitle(before)} goes, and its pods end`)]),
      ...(after === undefined
        ? []
        : [say("+", "start", `${shortTitle(after)} is new: a pod on each node that it selects`)]),
    ];
  }
  if (titleOf(before.workload) !== titleOf(after.workload)) {
    return [
      say(
        "~",
        "moved",
        `${titleOf(before.workload)} goes, and ${titleOf(after.workload)} comes: what prunes objects ends the old pods, else both run`,
      ),
    ];
  }
  const statements: Statement[] = [];
  if (differ(mapAt(specOf(before), "selector"), mapAt(specOf(after), "selector"))) {
    statements.push(
      say(
        "!",
        "selector",
        `${shortTitle(after)} can't be applied over the one that is there, as its selector changes: delete that first, with --cascade=orphan if its pods are to run until then`,
      ),
    );
  }
  if (rollout === "restart") statements.push(say("~", "restart", restartWords(after)));
  if (before.config?.text !== after.config?.text) statements.push(...configWords(before, rollout));
  return statements.length > 0
    ? statements
    : [say(" ", "stay", "no pod restarts, and none reloads its config")];
}

function configWords(before: Agent, rollout: Rollout): readonly Statement[] {
  const reloader = reloaderOf(before);
  if (reloader === undefined) {
    if (rollout === "restart") return [];
    const { kind, name, namespace } = before.workload;
    const command = `kubectl rollout restart ${kind.toLowerCase()}/${name}${namespace === undefined ? "" : ` --namespace ${namespace}`}`;
    return [
      say(
        "!",
        "no reload",
        `nothing has Alloy reload its config, since no sidecar watches it: it holds from the next restart on (${command})`,
      ),
    ];
  }
  return [
    rollout === "restart"
      ? say(
          " ",
          "early reload",
          `until its turn comes, a running agent reloads the new config, or keeps what it runs where it can't load that`,
        )
      : say(
          "~",
          "reload",
          `no pod restarts: ${reloader} has Alloy reload its config, on all nodes within some two minutes`,
        ),
  ];
}

/** The container that has Alloy reload its config when the kubelet has brought another. */
function reloaderOf({ pod, config }: Agent): string | undefined {
  const watching = mapsAt(pod.spec, "containers").find((container) => {
    const args = textsAt(container, "args");
    const mounts = mapsAt(container, "volumeMounts").filter(
      // A running pod never sees a change of a file that is mounted by subPath. Source: Kubernetes' docs (read).
      ({ name, subPath }) => name === config?.volume && subPath === undefined,
    );
    const watched = flagValue(args, "--watched-dir");
    return (
      flagValue(args, "--reload-url") !== undefined && mounts.some(({ mountPath }) => mountPath === watched)
    );
  });
  return watching === undefined ? undefined : String(watching.name);
}

function restartWords(agent: Agent): string {
  const spec = specOf(agent);
  const { type = "RollingUpdate", ...strategy } = mapAt(spec, "updateStrategy");
  const title = shortTitle(agent);
  if (type === "OnDelete") return `${title} has new pods, each once its old one is deleted (OnDelete)`;
  // Kubernetes' defaults. Source: its API reference, RollingUpdateDaemonSet (read).
  const { maxUnavailable = 1, maxSurge = 0 } = mapAt(strategy, "rollingUpdate");
  const surge = maxSurge === 0 || maxSurge === "0%" ? "" : `, with up to ${maxSurge} more beside them`;
  const ready = typeof spec.minReadySeconds === "number" ? `, each ready for ${spec.minReadySeconds} s` : "";
  return `${title} restarts its pods, ${maxUnavailable} at a time${surge}${ready}`;
}

function shortTitle({ workload: { kind, name } }: Agent): string {
  return `${kind} ${name}`;
}

function specOf({ workload }: Agent) {
  return mapAt(workload.content, "spec");
}

function templateOf(agent: Agent): Json {
  return mapAt(specOf(agent), "template");
}

function differ(one: Json, other: Json): boolean {
  return canonicalJson(one) !== canonicalJson(other);
}
