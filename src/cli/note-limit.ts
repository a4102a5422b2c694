import { figure } from "../report/table.js";
import type { Talk } from "./talk.js";

/** Tells that a list goes on beyond what was printed. */
export async function noteLimit(limit: number, talk: Talk): Promise<void> {
  await talk.note(`There are more than ${figure(limit)}; --limit shows more.`);
}
