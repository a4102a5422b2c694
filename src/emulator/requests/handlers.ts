import { createCustomAudience } from "../audiences/create.js";
import { listCustomAudiences } from "../audiences/list.js";
import { sendEvents } from "../events/send.js";
import { readAdAccount } from "../objects/ad-account.js";
import { readObject } from "../objects/read.js";
import { debugToken } from "../token/debug.js";
import { listPermissions } from "../token/permissions.js";
import { addUsers } from "../users/add.js";
import { removeUsers } from "../users/remove.js";
import { replaceUsers } from "../users/replace.js";
import type { Handler } from "./call.js";
import type { ServedOperation } from "./operation.js";

/** One handler an operation: an operation that is added to the spec does not compile without one. */
export const HANDLERS: Readonly<Record<ServedOperation, Handler>> = {
  readAdAccount,
  listCustomAudiences,
  createCustomAudience,
  readObject,
  addUsers,
  removeUsers,
  replaceUsers,
  sendEvents,
  debugToken,
  listPermissions,
};
