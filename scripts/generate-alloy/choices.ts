import { propertyName } from "../../lib/alloy";

/** What bindings declare for all places that use it: a type, and a constant that holds its definition. */
export interface Declared {
  readonly interfaceName: string;
  readonly constant: string;
  /** The namespaces that use it, and with them the files. */
  readonly namespaces: Set<string>;
  /** What it is made of. */
  readonly uses: ReadonlySet<Declared>;
}

/** A list of blocks of several names, such as the stages of `loki.process`: declared is what one item of it is. */
export interface Choice extends Declared {
  readonly options: readonly Option[];
}

/** One of the blocks of a choice. */
interface Option {
  /** What its name has after that of the list. */
  readonly key: string;
  readonly comment: string;
  readonly body: Declared;
}

/** All choices of the schema. One that stands in several places, as stages within a stage do, is declared once. */
export class Choices {
  private readonly byOptions = new Map<string, Choice>();

  /** @param nameOf gives a path a type's name that is free */
  constructor(private readonly nameOf: (path: string) => string) {}

  get all(): readonly Choice[] {
    return [...this.byOptions.values()];
  }

  /**
   * @param path the component, and the name of the list
   * @param namespace the file of the component
   */
  add(path: string, options: readonly Option[], namespace: string): Choice {
    const text = JSON.stringify(options.map(({ key, comment, body }) => [key, comment, body.interfaceName]));
    const known = this.byOptions.get(text);
    if (known !== undefined) return known;
    const interfaceName = this.nameOf(path);
    const choice: Choice = {
      interfaceName,
      constant: constantOf(interfaceName),
      namespaces: new Set([namespace]),
      uses: new Set(options.map(({ body }) => body)),
      options,
    };
    this.byOptions.set(text, choice);
    return choice;
  }
}

/** The type of an item of a choice, and the definition of all. */
export function choiceSource({ interfaceName, constant, options }: Choice): string {
  const types = options.map(
    ({ key, comment, body }) =>
      `\n  | {\n      ${comment}\n      readonly ${propertyName(key)}: ${body.interfaceName};\n    }`,
  );
  const definitions = options.map(({ key, body }) => `${key}: ${body.constant}`);
  return `export type ${interfaceName} =${types.join("")};\n\nexport const ${constant} = choice({ ${definitions.join(", ")} });\n`;
}

/** The name of the constant that goes with a type. */
export function constantOf(interfaceName: string): string {
  return interfaceName.charAt(0).toLowerCase() + interfaceName.slice(1);
}
