/** Mappings compiled for rows of one shape: once for all runs of a process, not once a run. */
import { configValues, type Binding } from "../config/binding.js";
import type { JsonPage } from "../core/json-page.js";
import { sharedPage } from "../core/shared-page.js";
import { compile, type CompiledAudiences, type CompiledEvents } from "../mapping/compile.js";
import type { CheckedMapping } from "../mapping/form.js";
import { RECORD_SHAPE } from "../mapping/record-shape.js";
import type { ListenTo } from "../mapping/scope.js";
import type { Shape } from "../mapping/shape.js";
import type { EventOptions } from "../surfaces/event-options.js";
import { ordinaryEvents, type OrdinaryEvents } from "../surfaces/ordinary-events.js";
import { ordinaryRows, type OrdinaryRows } from "../surfaces/ordinary-rows.js";

/** A compiled mapping, and what makes the writer of ordinary rows of a run, if anything does. */
export type Compilation<B> =
  | {
      readonly surface: "events";
      readonly compiled: CompiledEvents<B>;
      readonly ordinary: ((options: EventOptions) => OrdinaryEvents<B>) | undefined;
    }
  | {
      readonly surface: "custom_audiences";
      readonly compiled: CompiledAudiences<B>;
      readonly ordinary: (() => OrdinaryRows<B>) | undefined;
    };

/**
 * Compiles mappings for rows of a shape. A compilation lives as long as its mapping and binding: the
 * engine makes good code of it while it is used, and a run that compiled anew would wait for that again.
 */
export class Compilations<B> {
  private readonly known = new WeakMap<CheckedMapping, WeakMap<Binding, Compilation<B>>>();

  constructor(private readonly shape: Shape<B>) {}

  of(mapping: CheckedMapping, binding: Binding): Compilation<B> {
    const byBinding = this.known.get(mapping) ?? new WeakMap<Binding, Compilation<B>>();
    this.known.set(mapping, byBinding);
    const compilation = byBinding.get(binding) ?? this.made(mapping, binding, sharedPage());
    byBinding.set(binding, compilation);
    return compilation;
  }

  /** One whose values are listened to, so that every row is rendered. */
  watched(mapping: CheckedMapping, binding: Binding, listenTo: ListenTo): Compilation<B> {
    return this.made(mapping, binding, undefined, listenTo);
  }

  private made(
    mapping: CheckedMapping,
    binding: Binding,
    page: JsonPage | undefined,
    listenTo?: ListenTo,
  ): Compilation<B> {
    const compiled = compile(mapping, this.shape, configValues(binding), listenTo);
    return compiled.surface === "events"
      ? { surface: "events", compiled, ordinary: page && ordinaryEvents(compiled, page) }
      : { surface: "custom_audiences", compiled, ordinary: page && ordinaryRows(compiled, page) };
  }
}

/** Those of contract records. */
export const RECORD_COMPILATIONS = new Compilations(RECORD_SHAPE);
