import type { ImageVersion } from "../../environment/environment";

/** The name of a container image, taken apart: `registry/repository:tag@digest`. */
export interface ImageReference extends ImageVersion {
  /** Absent: the one that the node's container runtime takes. */
  readonly registry?: string;
  readonly repository: string;
}

const reference =
  /^(?:(?<registry>localhost(?::\d+)?|[^/@]*[.:][^/@]*)\/)?(?<repository>[^/:@]+(?:\/[^/:@]+)*)(?::(?<tag>[^@]+))?(?:@(?<digest>.+))?$/;

/** @returns undefined when the text is no reference */
export function parseImage(text: string): ImageReference | undefined {
  const { registry, repository, tag, digest } = reference.exec(text)?.groups ?? {};
  return repository === undefined
    ? undefined
    : {
        ...(registry !== undefined && { registry }),
        repository,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
      };
}

export function formatImage({ registry, repository, tag, digest }: ImageReference): string {
  const place = registry === undefined ? "" : `${registry}/`;
  return `${place}${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
