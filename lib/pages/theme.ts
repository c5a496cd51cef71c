import type { FlowKind } from "./flows";

/**
 * Dark enough on white for text and lines, and told apart by those who see colours otherwise (after the palette of
 * Okabe and Ito).
 */
export const flowColours: Readonly<Record<FlowKind, string>> = {
  metrics: "#0067b1",
  logs: "#b34700",
  traces: "#00735c",
  profiles: "#a3327d",
  reference: "#656d76",
};

export const colours = {
  background: "#ffffff",
  frame: "#c9d1d9",
  stage: "#f3f5f8",
  card: "#ffffff",
  text: "#1f2328",
  muted: "#57606a",
} as const;

export const fonts = {
  family: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
  title: 20,
  stage: 15,
  label: 14.5,
  component: 12.5,
} as const;
