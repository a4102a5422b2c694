/** What spans and measurements are named and described by; OpenTelemetry's names where there is one. */
import type { Attributes, AttributeValue } from "@opentelemetry/api";
import { ORIGIN } from "../generated/constants.js";
import type { HttpCall, RequestFigures, RunName } from "../delivery/run-event.js";

const { hostname } = new URL(ORIGIN);

/**
 * A call over HTTP, without a query and without ids in its path.
 * @see https://opentelemetry.io/docs/specs/semconv/http/
 */
export function callAttributes({ method, template, answer, evidenceCode }: HttpCall): Attributes {
  return present({
    "http.request.method": method,
    "url.template": template,
    "server.address": hostname,
    "server.port": 443,
    "http.response.status_code": answer.status,
    "error.type": evidenceCode,
  });
}

/** What support asks for; too varied for a metric. */
export function traceAttributes({ answer }: HttpCall): Attributes {
  return present({
    "retl_meta.meta.code": answer.code,
    "retl_meta.meta.subcode": answer.subcode,
    "retl_meta.meta.fbtrace_id": answer.fbtraceId,
    "retl_meta.meta.request_id": answer.requestId,
  });
}

/** Whose run it is. */
export function runAttributes({ sync, surface }: RunName): Attributes {
  return { "retl_meta.sync": sync, "retl_meta.surface": surface };
}

/** Whose request, and how much is in it. */
export function requestAttributes({ target, operation, items }: RequestFigures): Attributes {
  return {
    "retl_meta.target": target,
    "retl_meta.operation": operation,
    "retl_meta.items": items,
  };
}

function present(values: Readonly<Record<string, AttributeValue | undefined>>): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
