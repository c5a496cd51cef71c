import type { k8s } from "cdk8s-plus-28";
import { isRecord } from "../../schema";
import type { Known } from "./container";
import { anyLabels, labelName, labelValue, objectName, qualifiedName } from "./names";
import { fields, list, numberOrText, type Shape, some, text, whole, word } from "./shape";

// Where pods run, and how they are replaced. Names and sources as in container.ts.

/** Taints that the pod bears. */
export const tolerations = list(
  fields(
    "a toleration",
    {
      key: qualifiedName,
      operator: word("Exists", "Equal"),
      value: labelValue,
      effect: word("NoSchedule", "PreferNoSchedule", "NoExecute"),
      tolerationSeconds: whole(-(2 ** 31)),
    } satisfies Known<k8s.Toleration>,
    {
      together: ({ key: taint, operator = "Equal", value, effect, tolerationSeconds }, key, tell) => {
        if (taint === undefined && operator !== "Exists") {
          tell(
            [...key, "operator"],
            "is Equal without a key; write Exists, which takes all taints, or a key",
          );
        }
        if (operator === "Exists" && value) {
          tell([...key, "value"], "has no effect with Exists; remove it, or write Equal");
        }
        if (tolerationSeconds !== undefined && effect !== "NoExecute") {
          tell([...key, "tolerationSeconds"], "goes with effect NoExecute alone; write that, or remove this");
        }
      },
    },
  ),
);

const setOperators = ["In", "NotIn", "Exists", "DoesNotExist"];

/** What a label has to be, or not. */
const expression = (noun: string, ...more: readonly string[]): Shape =>
  fields(
    noun,
    { key: qualifiedName, operator: word(...setOperators, ...more), values: list(labelValue) },
    {
      needs: ["key", "operator"],
      together: ({ operator, values }, key, tell) => {
        const given = Array.isArray(values) ? values : [];
        const wanted = String(operator);
        if (["In", "NotIn"].includes(wanted) && given.length === 0) {
          tell([...key, "values"], `is missing, and ${wanted} asks for one; write it, or Exists`);
        }
        if (["Exists", "DoesNotExist"].includes(wanted) && given.length > 0) {
          tell([...key, "values"], `has no effect with ${wanted}; remove it, or write In`);
        }
        if (["Gt", "Lt"].includes(wanted) && !(given.length === 1 && /^-?\d+$/.test(String(given[0])))) {
          tell([...key, "values"], `must be one whole number in quotes, as ${wanted} asks; write that`);
        }
      },
    },
  );

const nodeTerm = fields("a term", {
  matchExpressions: list(expression("an expression", "Gt", "Lt")),
  matchFields: list(
    fields(
      "a field of the node",
      { key: word("metadata.name"), operator: word("In", "NotIn"), values: some(objectName) },
      {
        needs: ["key", "operator", "values"],
        together: ({ operator, values }, key, tell) => {
          if (!Array.isArray(values) || values.length < 2) return;
          const each = operator === "In" ? "a term of nodeSelectorTerms" : "an item of matchFields";
          tell(
            [...key, "values"],
            `has ${values.length} nodes, and Kubernetes takes one; write ${each} for each`,
          );
        },
      },
    ),
  ),
} satisfies Known<k8s.NodeSelectorTerm>);

const selector = fields("a selector", {
  matchLabels: anyLabels,
  matchExpressions: list(expression("an expression")),
} satisfies Known<k8s.LabelSelector>);

const podTerm = fields(
  "a term",
  {
    labelSelector: selector,
    namespaces: list(labelName),
    namespaceSelector: selector,
    topologyKey: qualifiedName,
  } satisfies Known<k8s.PodAffinityTerm>,
  { needs: ["labelSelector", "topologyKey"] },
);

const weight = whole(1, 100);

const podAffinity = fields("an affinity for pods", {
  requiredDuringSchedulingIgnoredDuringExecution: list(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    fields(
      "a preference",
      { weight, podAffinityTerm: podTerm } satisfies Known<k8s.WeightedPodAffinityTerm>,
      {
        needs: ["weight", "podAffinityTerm"],
      },
    ),
  ),
} satisfies Known<k8s.PodAffinity>);

/** Nodes and pods that the pod wants to be with, or not. */
export const affinity = fields("an affinity", {
  nodeAffinity: fields("an affinity for nodes", {
    requiredDuringSchedulingIgnoredDuringExecution: fields(
      "a choice of nodes",
      { nodeSelectorTerms: some(nodeTerm) } satisfies Known<k8s.NodeSelector>,
      { needs: ["nodeSelectorTerms"] },
    ),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      fields("a preference", { weight, preference: nodeTerm } satisfies Known<k8s.PreferredSchedulingTerm>, {
        needs: ["weight", "preference"],
      }),
    ),
  } satisfies Known<k8s.NodeAffinity>),
  podAffinity,
  podAntiAffinity: podAffinity,
} satisfies Known<k8s.Affinity>);

const count = numberOrText(
  whole(0),
  text(/^(\d{1,2}|100)%$/, "is no percentage; write one such as 25%, or a whole number without quotes"),
);

const isZero = (value: unknown) => value === 0 || value === "0%";

/** How agents are replaced. */
export const updateStrategy = fields(
  "an update strategy",
  {
    type: word("RollingUpdate", "OnDelete"),
    rollingUpdate: fields("a rolling update", {
      maxUnavailable: count,
      maxSurge: count,
    } satisfies Known<k8s.RollingUpdateDaemonSet>),
  } satisfies Known<k8s.DaemonSetUpdateStrategy>,
  {
    together: ({ type, rollingUpdate }, key, tell) => {
      if (!isRecord(rollingUpdate)) return;
      const { maxUnavailable = 1, maxSurge = 0 } = rollingUpdate;
      const place = [...key, "rollingUpdate"];
      if (type === "OnDelete") {
        tell(place, "has no effect with OnDelete; remove one of the two");
      } else if (isZero(maxUnavailable) === isZero(maxSurge)) {
        tell(
          place,
          isZero(maxSurge)
            ? "replaces no agent: maxUnavailable and maxSurge are 0; raise one of them"
            : "has both maxUnavailable and maxSurge, and a DaemonSet takes one; write 0 for the other",
        );
      }
    },
  },
);
