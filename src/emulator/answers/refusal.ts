import { API_VERSION } from "../../generated/constants.js";

/** A request that Meta would refuse: what its error object says. */
export interface Refusal {
  readonly status: number;
  readonly type: "OAuthException" | "GraphMethodException";
  readonly code: number;
  readonly subcode?: number;
  /** For developers; never repeats a value of the request. */
  readonly message: string;
  /** For people: what to do. */
  readonly advice?: string;
  /** `is_transient`; false when missing. */
  readonly transient?: boolean;
  /** Paths of the fields at fault, as in `error_data.blame_field_specs`. */
  readonly blame?: readonly FieldPath[];
}

/** Where a field is in a request body: names and array positions. */
export type FieldPath = readonly (string | number)[];

/** Code 190: without a usable token nothing else is looked at. */
export function tokenRefused(): Refusal {
  return {
    status: 401,
    type: "OAuthException",
    code: 190,
    message: "Invalid OAuth access token: cannot parse access token",
    advice: "Send the header `Authorization: Bearer <token>`, or the parameter `access_token`.",
  };
}

/** Code 190, subcode 463: the token worked once. */
export function tokenExpired(): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 190,
    subcode: 463,
    message: "Error validating access token: it has expired",
    advice: "Make a new access token.",
  };
}

/** Code 100: the app demands a proof of its secret with every call. */
export function proofRefused(fault: "missing" | "wrong"): Refusal {
  return {
    status: 400,
    type: "GraphMethodException",
    code: 100,
    message: `The appsecret_proof is ${fault}`,
    advice: "Send `appsecret_proof`, the HMAC of this token under the secret of its app.",
  };
}

/** Code 200: the token works and may not do this; any one of the permissions would be enough. */
export function permissionMissing(permissions: readonly string[]): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 200,
    message: `(#200) This call needs the permission ${permissions.join(" or ")}`,
    advice: "Grant the permission to the app and make a new token.",
  };
}

/** Code 200, subcode 1870034: a human has to accept the terms first. */
export function termsNotAccepted(accountId: string): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 200,
    subcode: 1870034,
    message: "(#200) The custom audience terms have not been accepted for this ad account",
    advice: `Accept them at https://business.facebook.com/ads/manage/customaudiences/tos/?act=${accountId}`,
  };
}

/** Code 2635: the version of the path has ended. */
export function versionEnded(version: string): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 2635,
    message: `(#2635) Version ${version} of the API has ended`,
    advice: `Call version ${API_VERSION}.`,
  };
}

/** An error of Meta's own. */
export function trouble(status: number, code: number, transient: boolean): Refusal {
  return {
    status,
    type: "OAuthException",
    code,
    message: "An unknown error has occurred; try again later",
    transient,
  };
}

/** Code 2500: a path that no version of the API knows. */
export function unknownPath(path: string): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 2500,
    message: `Unknown path components: ${path}`,
  };
}

/** Code 100, subcode 33: the same answer for "is not there" and "you may not see it". */
export function unknownObject(id: string): Refusal {
  return {
    status: 400,
    type: "GraphMethodException",
    code: 100,
    subcode: 33,
    message: `Unsupported request: object \`${id}\` does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  };
}

/** Code 100: a parameter that is missing, unknown or wrong. */
export function invalidParameter(
  message: string,
  blame: FieldPath,
  more: Pick<Refusal, "subcode" | "advice"> = {},
): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 100,
    message: `(#100) ${message}`,
    blame: [blame],
    ...more,
  };
}

/** Code 2650: the audience as it is takes no such upload. */
export function updateRefused(message: string, subcode?: number): Refusal {
  return {
    status: 400,
    type: "OAuthException",
    code: 2650,
    message: `(#2650) ${message}`,
    ...(subcode === undefined ? {} : { subcode }),
  };
}
