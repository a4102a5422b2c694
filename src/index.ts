/**
 * retl-meta: a reverse-ETL destination for Meta Ads. `loadDestination` is where to begin;
 * docs/library.md goes through it by task.
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
export type {
  DeliverOptions,
  Destination,
  PlanOptions,
  Records,
} from "./destination/destination.js";
export type {
  ForgetOptions,
  ForgottenPeople,
  People,
  Person,
} from "./destination/forget-people.js";
export {
  memoryStore,
  openDuckdbStore,
  openPostgresStore,
  type OpenPostgresStoreOptions,
  type OpenStoreOptions,
} from "./destination/open-store.js";
export { SURFACE_DESCRIPTIONS, type SurfaceDescription } from "./destination/surfaces.js";
export { readMapping as compileMapping, type MappingReading } from "./mapping/read-mapping.js";
export type { CheckedMapping } from "./mapping/form.js";
export type { Tally } from "./mapping/scope.js";
export type { Diagnostic, Place, Span } from "./core/diagnostic.js";
export type { EventRecord, GivenIdentifier, StateRecord } from "./core/given-record.js";
export type { Evidence, EvidenceCode, MetaAnswer, Outcome, Surface } from "./core/outcome.js";
export { REJECTION_CODES, type Rejection, type RejectionCode } from "./core/record.js";
export type { Json, JsonObject } from "./core/json.js";
export type { Clock, Transport } from "./core/ports.js";
export type { Result } from "./core/result.js";
export type { Binding, BindingConfig } from "./config/binding.js";
export type { BindingOptions, ConfigOptions } from "./config/binding-options.js";
export { SecretRef } from "./config/secret-ref.js";
export type { PersonalDataPolicy } from "./surfaces/personal-data.js";
export type { RequestPlan } from "./planning/request-plan.js";
export type { SessionPlace } from "./planning/session-place.js";
export type { TargetStatus } from "./planning/target.js";
export type {
  Exchange,
  ExchangeEnd,
  RequestEnd,
  RequestFigures,
  RunEvent,
} from "./delivery/run-event.js";
export type { StatedUsage } from "./delivery/pacer.js";
export type { ReroutedEvents } from "./delivery/rerouted-events.js";
export type {
  Failure,
  MirroredAudience,
  MirrorResult,
  RecordCounts,
  RejectionCause,
  ReplaceProgress,
  RequestCounts,
  RunResult,
  RunStatus,
  TargetCounts,
} from "./delivery/run-result.js";
export type { Waiting, WaitReason } from "./delivery/delivered.js";
export type { BusySync, ErasedAudience, ForgetRun } from "./sync/forget/forget-result.js";
export type { MemberCounts, RowCounts } from "./store/members.js";
export type { Store, StoreOrigin } from "./store/store.js";
export { StoreFailure, type StoreFault } from "./store/store-fault.js";
export { API_VERSION, type ActionSource, type CustomerFileSource } from "./generated/constants.js";
