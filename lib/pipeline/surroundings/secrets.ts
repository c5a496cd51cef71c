import type { Construct } from "constructs";
import { LocalFile } from "../../../imports/alloy/local";
import { concatStrings, convert, type Expression, type SecretFilesRequirement, string } from "../../alloy";
import type { SecretKey } from "../../environment";

/** The folder in the container that has one for each Secret that components read. */
export const secretsFolder = "/var/run/secrets/alloy";

/** The folder in the container that holds the keys of a Secret as files. */
function mountPathOf(secret: string): string {
  return `${secretsFolder}/${secret}`;
}

/** The file that holds a key of a Secret, for a component that requires {@link secretFiles} of it. */
export function secretFile({ secret, key }: SecretKey): string {
  return `${mountPathOf(secret)}/${key}`;
}

/**
 * The need of files for keys of a Secret. While the Secret is missing the agent runs all the same, and it needs no right
 * to read Secrets.
 */
export function secretFiles(secret: string, ...keys: readonly string[]): SecretFilesRequirement {
  return { kind: "secretFiles", secret, mountPath: mountPathOf(secret), keys };
}

/**
 * What a key of a Secret holds, without blanks and line ends around it; empty while it is missing. A change is seen
 * within seconds, by a notice of the file system: to look from time to time alone would see two files at two times.
 *
 * @param label of the component that reads it
 */
export function secretContent(scope: Construct, label: string, key: SecretKey): Expression<string> {
  const { content } = new LocalFile(scope, label, {
    filename: secretFile(key),
    pollFrequency: "10s",
    isSecret: true,
  }).requires(secretFiles(key.secret, key.key));
  return string.trimSpace(convert.nonsensitive(content));
}

/**
 * The certificate of a CA whose key nobody has, and which was valid at the first second of 1970 alone. It was made, and
 * signed by itself, with a key that was never written anywhere: by Go's x509.CreateCertificate with a P-256 key.
 *
 * Before the CAs that a Secret holds, or will hold, it keeps a component from falling back on the system's CAs, and from
 * ending because what it got is no certificate: no handshake succeeds until a true one is there.
 */
const expiredCa = `-----BEGIN CERTIFICATE-----
MIIBVDCB+6ADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMTB2V4cGlyZWQw
HhcNNzAwMTAxMDAwMDAwWhcNNzAwMTAxMDAwMDAwWjASMRAwDgYDVQQDEwdleHBp
cmVkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWyAyCdAvCgvxi9c3Fs029OPU
XqK7/AMzsnyOLszI5dHKx0bqDI8Hx/mzJpFmDzmZbRt52PwpqY8CMu6aPGb43qNC
MEAwDgYDVR0PAQH/BAQDAgIEMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFAMY
ZmTc1YUHNfZaM4bGWrhqvVdkMAoGCCqGSM49BAMCA0gAMEUCIQCuam2nQgSr51w6
8Z13Ri1H3mgQUUmFFb4vRfAqGiHkIwIgCFXYdaTkj+xeMykiIYiJ5PH0JJ5g9ABu
f0LB94WjdWM=
-----END CERTIFICATE-----
`;

/** CAs for an exporter: the one in a Secret, and while that is missing, one that no server's certificate fits. */
export function trustedCas(content: Expression<string>): Expression<string> {
  return concatStrings(expiredCa, content);
}
