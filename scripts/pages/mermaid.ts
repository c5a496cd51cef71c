import type { AlloyConfig, Component } from "../../lib/alloy";
import { visible, withEntities } from "./markdown";
import { colours, flowColours } from "./picture/svg";
import { type FlowKind, flowsOf, flowTitles, kindsOf, placeOf, stages, stageTitles } from "./routes";

/**
 * The pipeline as a Mermaid flowchart: each component by itself, grouped by stage.
 *
 * Its colours are set in full, so that it can be read on a dark page as well.
 */
export function mermaidOf(config: AlloyConfig): string {
  const flows = flowsOf(config);
  const kinds = kindsOf(flows);
  const drawn = config.components.flatMap((component) => {
    const place = placeOf(config, component);
    return place === undefined ? [] : [{ component, stage: place.stage }];
  });
  const ids = new Map<Component, string>(drawn.map(({ component }, index) => [component, `c${index}`]));
  const groups = stages.flatMap((stage) => {
    const own = drawn.filter((one) => one.stage === stage);
    const nodes = own.map(({ component }) => `      ${ids.get(component)}[${nodeLabel(component)}]`);
    return own.length === 0
      ? []
      : [`    subgraph ${stage}[${quoted(stageTitles[stage])}]`, ...nodes, "    end"];
  });
  const arrows = flows.map(
    ({ from, to, kind }) => `  ${ids.get(from)} ${kind === "reference" ? "-.->" : "-->"} ${ids.get(to)}`,
  );
  const legend = [
    `    subgraph legend[${quoted("Legend")}]`,
    ...kinds.map((kind) => `      ${kind}[${quoted(flowTitles[kind])}]`),
    "    end",
  ];
  const groupIds = [...stages.filter((stage) => drawn.some((one) => one.stage === stage)), "legend"];
  const styles = [
    `  classDef component fill:${colours.card},stroke:${colours.frame},color:${colours.text}`,
    `  class ${[...ids.values()].join(",")} component`,
    ...groupIds.map(
      (id) => `  style ${id} fill:${colours.stage},stroke:${colours.frame},color:${colours.text}`,
    ),
    ...kinds.map(
      (kind) => `  style ${kind} fill:${colours.card},${lineStyle(kind)},color:${flowColours[kind]}`,
    ),
    ...kinds.map((kind) => {
      const numbers = flows.flatMap((flow, index) => (flow.kind === kind ? [index] : []));
      return `  linkStyle ${numbers.join(",")} ${lineStyle(kind)}`;
    }),
  ];
  return [
    "flowchart LR",
    // A light ground for the arrows between groups, on a dark page too.
    `  subgraph pipeline[${quoted(" ")}]`,
    "    direction LR",
    ...groups,
    ...legend,
    "  end",
    ...arrows,
    `  style pipeline fill:${colours.background},stroke:${colours.frame}`,
    ...styles,
  ].join("\n");
}

function nodeLabel({ label = "", definition }: Component): string {
  return `"<b>${escaped(label)}</b><br/><small>${escaped(definition.name)}</small>"`;
}

/** A text between quotes, whatever it holds. Mermaid refuses an empty one. */
export function quoted(text: string): string {
  return `"${text === "" ? " " : escaped(text)}"`;
}

/** Mermaid has entities of its own, without the `&`. */
function escaped(text: string): string {
  return withEntities(visible(text), /[^\p{L}\p{M}\p{N} .,_()]/gu, "#");
}

function lineStyle(kind: FlowKind): string {
  const style = `stroke:${flowColours[kind]},stroke-width:2px`;
  return kind === "reference" ? `${style},stroke-dasharray:5 4` : style;
}
