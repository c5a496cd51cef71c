import { copyMap, isJsonMap, type JsonMap } from "../chart/json";

/** Sets what a map leaves out, in the maps that it holds too. What is there stays. */
export function fillIn(map: JsonMap, defaults: object): void {
  for (const [key, value] of Object.entries(copyMap(defaults))) {
    const present = map[key];
    if (present === undefined) {
      map[key] = value;
    } else if (isJsonMap(present) && isJsonMap(value)) {
      fillIn(present, value);
    }
  }
}
