import * as z from "zod/mini";
import { isRecord } from "../kind";
import { mistakes } from "../setting-types";

/** What HTTP takes for a header's name: a token of RFC 9110. */
export const headerName = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** Names that tell of credentials, by themselves or by a part of them. */
const credentialName =
  /authorization|^(set-)?cookie$|token|secret|passw|credential|^x-auth$|^x-honeycomb-team$|(api|app|access|auth|ingest(ion)?|insert|licen[cs]e|private|subscription)[-_]?key/i;

/** Values that are credentials under any name: those of HTTP's schemes `Bearer` and `Basic`. */
const credentialValue = /^(bearer\s+\S|basic\s+[A-Za-z0-9+/]{8,}={0,2}\s*$)/i;

/** What the exporter sets itself. */
const ownHeaders = ["content-type", "content-encoding", "content-length", "transfer-encoding", "connection"];

/** What no HTTP header may hold: it would end it. A tab may stand in one. */
const controlCharacter = /[^\P{Cc}\t]/u;

/**
 * Headers by name.
 *
 * @param instead what to write in place of a header with credentials
 */
export function headers(instead: (header: string) => string) {
  const value = z
    .string()
    .check(
      mistakes((text) =>
        controlCharacter.test(text)
          ? ["holds a control character, such as a line end, which would end the header; remove it"]
          : [],
      ),
    );
  return z.record(z.string(), value).check(
    z.check(
      ({ value: given, issues }) => {
        for (const [name, text] of isRecord(given) ? Object.entries(given) : []) {
          const message = mistakeOf(name, String(text), Object.keys(given), instead);
          if (message !== undefined) {
            issues.push({ code: "custom", input: given, path: [name], message });
          }
        }
      },
      // Beside a header whose value is wrong by itself, too.
      { when: () => true },
    ),
  );
}

function mistakeOf(
  name: string,
  text: string,
  names: readonly string[],
  instead: (header: string) => string,
): string | undefined {
  if (!headerName.test(name)) {
    return "is no name of a header; write letters, digits and -";
  }
  if (credentialName.test(name) || credentialValue.test(text)) {
    return `carries credentials, which the ConfigMap would show; remove it, and ${instead(name)}`;
  }
  if (ownHeaders.includes(name.toLowerCase())) {
    return "is set by the exporter; remove it";
  }
  const first = names.find((other) => other.toLowerCase() === name.toLowerCase());
  return first === name ? undefined : `is the header ${first} again; remove one of the two`;
}
