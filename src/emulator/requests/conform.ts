import { graphValidator, type SchemaValidator, type SchemaViolation } from "../../core/ajv.js";
import { fail, ok, type Result } from "../../core/result.js";
import type {
  CreateCustomAudienceRequest,
  EventsRequest,
  UsersReplaceRequest,
  UsersRequest,
} from "../../generated/graph.js";
import { invalidParameter, type FieldPath, type Refusal } from "../answers/refusal.js";
import { subcodeOf } from "./subcode.js";

/** Request bodies of the spec by the names of their schemas. */
interface Bodies {
  readonly CreateCustomAudienceRequest: CreateCustomAudienceRequest;
  readonly EventsRequest: EventsRequest;
  readonly UsersReplaceRequest: UsersReplaceRequest;
  readonly UsersRequest: UsersRequest;
}

/** The body as the spec types it, or a refusal that blames the first field that is not so. */
export function conform<N extends keyof Bodies>(
  schema: N,
  body: unknown,
): Result<Bodies[N], Refusal> {
  return conforms(schema, body) ? ok(body) : fail(refusalOf(validatorOf(schema)(body)));
}

/** The schema is the check; the type was generated from the same one. */
function conforms<N extends keyof Bodies>(schema: N, body: unknown): body is Bodies[N] {
  return validatorOf(schema)(body).length === 0;
}

function refusalOf(violations: readonly SchemaViolation[]): Refusal {
  const [first] = violations;
  const path = pathOf(first?.pointer ?? "");
  const name = path.length === 0 ? "The body" : `Param ${path.join(".")}`;
  const subcode = subcodeOf(path, first?.keyword ?? "");
  return invalidParameter(`${name} ${first?.message ?? "is invalid"}`, path, {
    ...(subcode === undefined ? {} : { subcode }),
  });
}

function pathOf(pointer: string): FieldPath {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

const validators = new Map<keyof Bodies, SchemaValidator>();

/** Compiling a schema takes time: at the first request that needs it, once. */
function validatorOf(schema: keyof Bodies): SchemaValidator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator = graphValidator(schema);
  validators.set(schema, validator);
  return validator;
}
