export { type Contract, contractOf, hasLabel, lacks, recordOfName } from "./contract";
export { lokiName, ofEachLine } from "./logs";
export { type Metric, secondsOf } from "./metrics";
export { records } from "./sources";
export { canMeet, type Matcher, type Values } from "./values";
