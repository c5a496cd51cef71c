import {
  agentContainer,
  givesImage,
  isJsonMap,
  jsonAt,
  type Manifest,
  type PinnedVersions,
  type RenderInput,
  type RenderStore,
  reloaderContainer,
} from "../../lib/chart";
import type { ImageVersion } from "../../lib/schema";
import { parseImage } from "../../lib/workload";
import { RegistryError, registryDigest } from "./registry";

/** Pins with the digests of images, and a notice of each image whose digest isn't known. */
export interface PinnedImages {
  readonly pins: PinnedVersions;
  readonly notices: readonly string[];
}

/**
 * Pins the images that charts run by a tag alone. A digest that is pinned already stays, as a tag may mean another image by
 * now. Where the registry tells none, the image keeps its tag, and a notice says so. Images that no render has lose their
 * pin.
 *
 * @param inputs of renders that the store has
 * @param digestOf an image's digest, or a RegistryError that says why there is none. @default - asks the image's registry
 */
export async function pinImages(
  pins: PinnedVersions,
  inputs: readonly RenderInput[],
  store: RenderStore,
  digestOf: (image: string) => Promise<string> = registryDigest,
): Promise<PinnedImages> {
  const found = await Promise.all(
    taggedImages(inputs, store).map(async (image) => {
      try {
        return { image, digest: pins.images?.[image] ?? (await digestOf(image)) };
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        return { image, notice: `${image} runs by its tag, as its digest is not known: ${error.message}` };
      }
    }),
  );
  const known = found.flatMap(({ image, digest }) =>
    digest === undefined ? [] : [[image, digest] as const],
  );
  return {
    pins: { ...pins, images: known.length === 0 ? undefined : Object.fromEntries(known) },
    notices: found.flatMap(({ notice = [] }) => notice),
  };
}

/** The images that charts run by a tag alone. An image that chart values name is left out: the environment chose it. */
export function taggedImages(inputs: readonly RenderInput[], store: RenderStore): readonly string[] {
  const images = inputs.flatMap((input) => {
    const own = [agentContainer, reloaderContainer].filter((name) => !givesImage(name, input.values));
    return (store.find(input) ?? []).flatMap((manifest) => imagesIn(manifest, own));
  });
  const isTagged = ({ tag, digest }: ImageVersion) => tag !== undefined && digest === undefined;
  return [...new Set(images)].filter((image) => isTagged(parseImage(image) ?? {})).sort();
}

function imagesIn({ content }: Manifest, names: readonly string[]): readonly string[] {
  const containers = jsonAt(content, ["spec", "template", "spec", "containers"]);
  return (Array.isArray(containers) ? containers : []).flatMap((container) =>
    isJsonMap(container) && names.includes(String(container.name)) && typeof container.image === "string"
      ? [container.image]
      : [],
  );
}
