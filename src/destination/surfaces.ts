/** What each surface of the destination takes, for tools that plan around it. */
import type { Surface } from "../core/outcome.js";
import { COLUMNS, EVENT, type Field } from "../generated/fields.js";

/** A surface, described. */
export interface SurfaceDescription {
  readonly surface: Surface;
  readonly operations: readonly ("upsert" | "remove" | "import")[];
  /** Identifier types that the shipped vocabulary of this surface knows. */
  readonly acceptedIdentifiers: readonly string[];
  /** Of the accepted identifiers a record needs at least one with a usable value. */
  readonly identifierRequirement: "at_least_one";
  /** Records name a logical target, or the target follows from configuration. */
  readonly targetMode: "per_record" | "configured";
  /** Whether remote targets are found and created by this destination. */
  readonly managedTargets: boolean;
  /** Whether records need a key. */
  readonly requiredKey: boolean;
  /** The outcome that a delivered request has. */
  readonly deliveryOutcome: "succeeded";
}

/**
 * Both surfaces.
 *
 * @example
 * const [audiences, events] = SURFACE_DESCRIPTIONS;
 * console.log(audiences?.operations, events?.operations); // => ["upsert", "remove"], ["import"]
 * console.log(events?.acceptedIdentifiers.includes("email")); // => true
 */
export const SURFACE_DESCRIPTIONS: readonly SurfaceDescription[] = [
  {
    surface: "custom_audiences",
    operations: ["upsert", "remove"],
    acceptedIdentifiers: identifierNames(
      Object.values(COLUMNS)
        .filter(({ role }) => role !== "attribute")
        .map(({ field }) => field),
    ),
    identifierRequirement: "at_least_one",
    targetMode: "per_record",
    managedTargets: true,
    requiredKey: true,
    deliveryOutcome: "succeeded",
  },
  {
    surface: "events",
    operations: ["import"],
    acceptedIdentifiers: identifierNames(userDataFields().filter(({ hash }) => hash !== "never")),
    identifierRequirement: "at_least_one",
    targetMode: "configured",
    managedTargets: false,
    requiredKey: true,
    deliveryOutcome: "succeeded",
  },
];

function userDataFields(): readonly Field[] {
  const userData = EVENT.fields["user_data"];
  return userData?.kind === "object" ? Object.values(userData.fields) : [];
}

function identifierNames(fields: readonly Field[]): readonly string[] {
  return [...new Set(fields.flatMap(({ names }) => names))].sort();
}
