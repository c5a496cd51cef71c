import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TodaysEnvironment } from "./helmfile";
import { printed, valueIn } from "./value";

const projectFolder = join(__dirname, "..", "..");

/** What differs in what is sent, as the page of differences has it: a line each. */
export function telemetryDifferences(): readonly string[] {
  const page = readFileSync(join(projectFolder, "docs", "differences.md"), "utf8");
  return ["Metrics", "Logs"].flatMap((title) => {
    const [, section = ""] = new RegExp(`\\n## ${title}\\n(.*?)(?=\\n## |$)`, "s").exec(page) ?? [];
    return [...section.matchAll(/^- (.*?) \*Why:\*/gms)].map(([, what = ""]) => what.replaceAll(/\s+/g, " "));
  });
}

/** The objects that a release has in its cluster, by their names. */
interface RunningRelease {
  readonly namespace: string;
  readonly agent: string;
  readonly config?: string | undefined;
  /** Its objects have the names and labels that those of the manifests have. */
  readonly isAlike: boolean;
}

function runningRelease({ agent, config }: TodaysEnvironment): RunningRelease {
  const overrides = ["nameOverride", "fullnameOverride"].map((name) =>
    printed(valueIn(agent.values, [name])?.content ?? null),
  );
  return {
    namespace: agent.namespace,
    agent: agent.name,
    config: config?.name,
    isAlike: [agent.name, ...overrides.filter(Boolean)].every((name) => name === "alloy"),
  };
}

/**
 * The commands by which what is applied takes over from the running release, block by block: before, the apply, after.
 *
 * @param manifests the folder of the cluster's manifests
 */
export function takeover(
  environment: TodaysEnvironment,
  manifests: string,
): readonly [string, string, string] {
  const { namespace, agent, config, isAlike } = runningRelease(environment);
  const there = `--namespace ${namespace}`;
  const apply = `kubectl apply --filename ${manifests}\n`;
  const rollout = `kubectl rollout status daemonset/alloy ${there}\n`;
  const releases = config === undefined ? agent : `${agent},${config}`;
  if (!isAlike) {
    // What has other names or labels stays beside the new objects, and two agents would send everything twice.
    return [`helm uninstall ${releases.replace(",", " ")} ${there}\n`, apply, rollout];
  }
  const before = [
    `kubectl delete secret ${there} --selector 'owner=helm,name in (${releases})'`,
    `kubectl delete daemonset/alloy ${there} --cascade=orphan`,
    `kubectl label pods ${there} --selector 'app.kubernetes.io/name=alloy,app.kubernetes.io/instance=alloy' pod-template-generation-`,
    `kubectl delete service/alloy configmap/alloy-config ${there}`,
    `kubectl annotate serviceaccount/alloy ${there} meta.helm.sh/release-name- meta.helm.sh/release-namespace-`,
    `kubectl label serviceaccount/alloy ${there} app.kubernetes.io/managed-by-`,
  ];
  return [
    `${before.join("\n")}\n`,
    apply,
    `${rollout}kubectl delete clusterrole/alloy clusterrolebinding/alloy\n`,
  ];
}

/** What to do with what is written. @param environments those that are written */
export function nextSteps(environments: readonly TodaysEnvironment[], output: string): readonly string[] {
  const isOwn = output === "environments";
  const manifests = isOwn ? "dist" : join(dirname(output), "manifests");
  const folders = isOwn ? "" : ` -- --environments ${output} --output ${manifests}`;
  const [first] = environments;
  if (first === undefined) return [];
  const ways = new Map<string, string[]>();
  for (const environment of environments) {
    const way = takeover(environment, "FOLDER").join("\n");
    ways.set(way, [...(ways.get(way) ?? []), environment.name]);
  }
  const clusters = [...ways.values()].flatMap((names) => {
    const of = environments.find(({ name }) => name === names[0]) ?? first;
    const [before, apply, after] = takeover(of, join(manifests, of.name));
    const others = names.filter((name) => name !== of.name);
    const as = others.length === 0 ? "" : `, and so in ${others.join(", ")}`;
    return [
      `In the cluster ${of.name}${as}, let go of the running release:`,
      indented(before),
      "Then apply at once, or let Argo CD or Flux sync for the first time:",
      indented(apply),
      "When all agents are replaced, clean up:",
      indented(after),
    ];
  });
  return [
    "What to do now:",
    "Read the files, then write the manifests and look at them:",
    indented(`npm run synth${folders}\n`),
    ...clusters,
    "Then take these releases out of the helmfile, so that no sync brings them back.",
    "docs/gitops.md says, under From the Helm release, why so, how long nothing is collected, and what stays of Helm.",
  ];
}

function indented(block: string): string {
  return block
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
