/** A workload that cannot be built, told in words for the operator. */
export class WorkloadError extends Error {
  override readonly name: string = "WorkloadError";
}

/** A chart, or a render of it, that is missing or not what was pinned or recorded. */
export class ChartError extends WorkloadError {
  override readonly name: string = "ChartError";
}

/** A chart that does not render with the values that it is given. */
export class RefusedValuesError extends ChartError {
  override readonly name = "RefusedValuesError";
}
