// All rules, each of which stands once: the bindings name those that a component has, so that no others come with it.
export * from "./http";
export * from "./loki";
export * from "./otelcol";
export * from "./ottl";
export * from "./prometheus";
export * from "./relabel";
