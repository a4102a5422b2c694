import type { Json } from "../core/json.js";
import type { EventHead } from "./entry.js";

/** Which pixel takes which events. */
export interface EventRoutes {
  /** Where events go whose name has no route of its own. */
  readonly pixelId: string | undefined;
  /** Event name to pixel id. */
  readonly routes: ReadonlyMap<string, string>;
}

/** The pixel that an event goes to; `undefined` where none takes it. */
export function routeOf(
  { event_name }: EventHead,
  { pixelId, routes }: EventRoutes,
): string | undefined {
  const byName: ReadonlyMap<Json | undefined, string> = routes;
  return byName.get(event_name) ?? pixelId;
}
