import { body } from "./body";
import type { Expression } from "./expression";
import type { Consumer, ListOf, Signal } from "./types";

/** Where an OpenTelemetry component sends each of the signals that it gives. */
export type Output<S extends Signal> = {
  readonly [signal in S]?: ListOf<Expression<Consumer<signal>>, Consumer<signal>>;
};

/** The `output` block of OpenTelemetry components. */
export const outputBody = body("metrics:otelcol.Consumer logs:otelcol.Consumer traces:otelcol.Consumer");
