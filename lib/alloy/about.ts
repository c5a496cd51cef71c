import type { Component } from "./component";

/** A mistake as validation reports it: first the path of the construct that it is about. */
export function about({ node }: Component, mistake: string): string {
  return `${node.path}: ${mistake}`;
}
