import { fitsGo } from "../../alloy/duration";
import type { Duration } from "../../alloy/types";

const pattern = /^(?=.)(\d+h)?(\d+m)?(\d+s)?$/;

/** Whether a text is a duration such as `90s` or `1h30m`, of 292 years at most. */
export function isDuration(text: string): text is Duration {
  return pattern.test(text) && fitsGo(text);
}
