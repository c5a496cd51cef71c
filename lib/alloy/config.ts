import { Construct } from "constructs";
import type { Diagnostic } from "./check/diagnostics";
import { type Allowed, stabilityFor, tooLong } from "./check/limits";
import { Property } from "./check/property";
import {
  type Component,
  componentsBelow,
  contentOf,
  keepOrder,
  Module,
  type OrderProps,
  withContent,
} from "./component";
import { surroundingsOf, unsaid } from "./needs";
import type { StabilityLevel } from "./schema/definition";
import type { RequirementOf } from "./schema/requirement";
import { type Edge, Snapshot } from "./snapshot";
import { ConfigText } from "./text";

/** What an {@link AlloyConfig} takes. */
export interface AlloyConfigProps extends Allowed, OrderProps {
  /**
   * What has no effect, or is unwise, is an error too: a component that nothing sends data to, a secret in the text.
   *
   * @default false
   */
  readonly strict?: boolean;
  /**
   * The agent runs with `--feature.community-components.enabled`.
   *
   * @default false
   */
  readonly communityComponents?: boolean;
  /**
   * What is wrong in a {@link ConfigText} fails the App's synth too. Otherwise whoever reads `diagnostics` has to say it.
   *
   * @default true
   */
  readonly validatesTexts?: boolean;
}

/** An Alloy config: the components below it. */
export class AlloyConfig extends Construct {
  private known: Snapshot | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlloyConfigProps = {},
  ) {
    super(scope, id);
    keepOrder(this, props);
    this.node.addValidation({
      validate: () =>
        this.diagnostics
          .filter(({ severity }) => severity === "error")
          .filter(({ at }) => props.validatesTexts !== false || at instanceof Property)
          .map(({ at, message }) => `${this.shown(at)}${message}`),
    });
  }

  /**
   * The components, in the order of the text: that in which data flows through them, unless `order` names another. Those
   * inside of a `declare` or a `foreach` are theirs.
   */
  get components(): readonly Component[] {
    return this.snapshot.components;
  }

  /** Which component refers to which. */
  get edges(): readonly Edge[] {
    return this.snapshot.edges;
  }

  /**
   * What the components need of the machine and the cluster that run them. One inside of a module is named after that, too:
   * `declare.pods/discovery.kubernetes.pods`.
   */
  get requirements(): readonly RequirementOf[] {
    return requirementsIn(this.snapshot.components);
  }

  /** The strictest `--stability.level` that runs all components. */
  get stability(): StabilityLevel {
    return stabilityFor(withContent(this.snapshot.components).flatMap(({ requirements }) => requirements));
  }

  /** What is wrong with the config, all of it: what Alloy would refuse, and what would have no effect. */
  get diagnostics(): readonly Diagnostic[] {
    const { diagnostics, text } = this.snapshot;
    const at = new Property(this, "");
    const all = [
      ...diagnostics,
      ...tooLong(text).map((message): Diagnostic => ({ severity: "error", at, message })),
    ];
    return this.props.strict === true ? all.map((one) => ({ ...one, severity: "error" })) : all;
  }

  /** The config's text, in the form that `alloy fmt` leaves as it is. */
  override toString(): string {
    return this.snapshot.text;
  }

  /** Where something is wrong, as it is said of the config: the way to a construct below it, or a place in a text. */
  private shown(at: Diagnostic["at"]): string {
    const path = String(at);
    const own = this.node.path;
    if (!(at instanceof Property)) return `${path}: `;
    return path === own ? "" : `${path.slice(own.length + 1)}: `;
  }

  /** What follows from the components. It is made anew when there are others. */
  private get snapshot(): Snapshot {
    const { components: own, holders } = contentOf(this);
    const all = withContent(own);
    const texts = holders.filter((one) => one instanceof ConfigText);
    if (this.known === undefined || !this.known.isOf(all, texts)) {
      const { communityComponents = false } = this.props;
      this.known = new Snapshot({ own, all, texts, whole: this }, { ...this.props, communityComponents });
    }
    return this.known;
  }
}

/** What components need, and those inside of them. */
function requirementsIn(
  components: readonly Component[],
  around: ReadonlyMap<string, Component> = new Map(),
  modules = "",
): readonly RequirementOf[] {
  const byAddress = new Map([...around, ...components.map((one) => [one.address, one] as const)]);
  return components.flatMap((component) => {
    const { block, definition, requirements } = component;
    const address = modules + component.address;
    const surroundings = surroundingsOf(
      definition,
      block,
      (other) => byAddress.get(other)?.block,
      component.readingOf(block),
    );
    const own = [...requirements, ...unsaid(surroundings, requirements)].map((requirement) => ({
      component: address,
      requirement,
    }));
    if (!(component instanceof Module)) return own;
    return [...own, ...requirementsIn(componentsBelow(component), byAddress, `${address}/`)];
  });
}
