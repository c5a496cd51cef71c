import type { Duration } from "../../alloy/types";

const pattern = /^(?=.)(\d+h)?(\d+m)?(\d+s)?$/;

/** Whether a text is a duration such as `90s` or `1h30m`. */
export function isDuration(text: string): text is Duration {
  return pattern.test(text);
}
