/** What is used of a graph of the layout library, which has nodes of its own on lines that pass a rank. */
export interface Ranked {
  nodes(): readonly string[];
  node(id: string): { rank?: number; order?: number };
  predecessors(id: string): readonly string[];
}

/** A box that only helps another one, as a handler does. */
export interface Helper {
  readonly id: string;
  readonly helped: string;
}

/**
 * Finishes the order of a graph's nodes from top to bottom. A mirror image has no more crossings, so that one is taken
 * that has more of the boxes in their own order; and what only helps another box comes below what feeds that one.
 *
 * @param boxes in the order that they should have
 */
export function finishOrder(graph: Ranked, boxes: readonly string[], helpers: readonly Helper[]): void {
  if (isUpsideDown(graph, boxes)) {
    for (const id of graph.nodes()) graph.node(id).order = -orderOf(graph, id);
  }
  const waiting = new Set(helpers.map(({ id }) => id));
  for (const { id, helped } of helpers) {
    const orders = feeders(graph, helped, graph.node(id).rank)
      .filter((feeder) => !waiting.has(feeder))
      .map((feeder) => orderOf(graph, feeder));
    waiting.delete(id);
    if (orders.length === 0) continue;
    graph.node(id).order = Math.max(...orders) + 0.5;
    renumber(graph);
  }
  renumber(graph);
}

/** Whether more pairs of a rank's boxes stand against their order than in it. */
function isUpsideDown(graph: Ranked, boxes: readonly string[]): boolean {
  let against = 0;
  boxes.forEach((id, index) => {
    for (const later of boxes.slice(index + 1)) {
      if (graph.node(later).rank !== graph.node(id).rank) continue;
      against += orderOf(graph, later) < orderOf(graph, id) ? 1 : -1;
    }
  });
  return against > 0;
}

/** The nodes of a rank from which lines lead to a node. */
function feeders(graph: Ranked, id: string, rank: number | undefined): readonly string[] {
  const found = new Set(graph.predecessors(id));
  // A set that grows while it is gone through is gone through to its end.
  for (const node of found) {
    if (graph.node(node).rank !== rank) for (const before of graph.predecessors(node)) found.add(before);
  }
  return [...found].filter((node) => graph.node(node).rank === rank);
}

/** Makes the orders of each rank whole numbers from 0 on. */
function renumber(graph: Ranked): void {
  const next = new Map<number | undefined, number>();
  const sorted = [...graph.nodes()].sort((a, b) => orderOf(graph, a) - orderOf(graph, b));
  for (const id of sorted) {
    const node = graph.node(id);
    node.order = next.get(node.rank) ?? 0;
    next.set(node.rank, node.order + 1);
  }
}

function orderOf(graph: Ranked, id: string): number {
  return graph.node(id).order ?? 0;
}
