/**
 * retl-meta: a reverse-ETL destination for Meta Ads.
 *
 * @packageDocumentation
 */
export {
  ConfigurationError,
  destinations,
  loadDestination,
  registerDestination,
  type DestinationFactory,
  type DestinationOptions,
} from "./destination/load-destination.js";
export {
  createDestination,
  type DeliverOptions,
  type Destination,
  type PlanOptions,
  type Records,
} from "./destination/destination.js";
export {
  openDuckdbStore,
  openPostgresStore,
  type OpenPostgresStoreOptions,
  type OpenStoreOptions,
} from "./destination/open-store.js";
export { SURFACE_DESCRIPTIONS, type SurfaceDescription } from "./destination/surfaces.js";
export { readMapping as compileMapping, type MappingReading } from "./mapping/read-mapping.js";
export type { CheckedMapping } from "./mapping/form.js";
export type { Diagnostic, Place, Span } from "./core/diagnostic.js";
export type { Evidence, EvidenceCode, MetaAnswer, Outcome, Surface } from "./core/outcome.js";
export {
  REJECTION_CODES,
  type ContractRecord,
  type EventImport,
  type Identifier,
  type Rejection,
  type RejectionCode,
  type StateOperation,
} from "./core/record.js";
export type { Json, JsonObject } from "./core/json.js";
export type { Clock, Transport } from "./core/ports.js";
export type { Binding, BindingConfig } from "./config/binding.js";
export type { BindingOptions, ConfigOptions } from "./config/binding-options.js";
export { SecretRef } from "./config/secret-ref.js";
export type { RequestPlan } from "./planning/request-plan.js";
export type { TargetStatus } from "./planning/target.js";
export type {
  Failure,
  MirroredAudience,
  MirrorResult,
  RecordCounts,
  RejectionCause,
  RequestCounts,
  RunResult,
  RunStatus,
  TargetCounts,
} from "./delivery/run-result.js";
export { memoryStore } from "./store/memory/memory-store.js";
export type { MemberCounts, RowCounts } from "./store/members.js";
export type { Store, StoreOrigin } from "./store/store.js";
export { StoreFailure, type StoreFault } from "./store/store-fault.js";
export type { TargetRegistry } from "./store/target-registry.js";
export type { Waiting } from "./delivery/delivered.js";
export { API_VERSION } from "./generated/constants.js";
