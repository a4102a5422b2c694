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
    advice: "Send the header `Authorization: Bearer <token>`.",
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
