import { createCustomAudience } from "../audiences/create.js";
import { listCustomAudiences } from "../audiences/list.js";
import { readCustomAudience } from "../audiences/read.js";
import { sendEvents } from "../events/send.js";
import { debugToken } from "../token/debug.js";
import { listPermissions } from "../token/permissions.js";
import { addUsers } from "../users/add.js";
import { removeUsers } from "../users/remove.js";
import { replaceUsers } from "../users/replace.js";
import type { Handler } from "./call.js";
import type { ServedOperation } from "./operation.js";

/** One handler an operation: an operation that is added to the spec does not compile without one. */
export const HANDLERS: Readonly<Record<ServedOperation, Handler>> = {
  listCustomAudiences,
  createCustomAudience,
  readCustomAudience,
  addUsers,
  removeUsers,
  replaceUsers,
  sendEvents,
  debugToken,
  listPermissions,
};
