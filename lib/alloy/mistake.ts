import type { Component } from "./component";

/** What is wrong with a component of a config. */
export interface Mistake {
  readonly component: Component;
  readonly message: string;
}

/** A mistake of a component. */
export function about(component: Component, message: string): Mistake {
  return { component, message };
}
