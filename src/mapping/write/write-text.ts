/** Writes the texts of a form that normalises or hashes. */
import { surelyTrimmed, trimmed as trimmedText } from "../../core/blank.js";
import type { JsonPage } from "../../core/json-page.js";
import type { Json } from "../../core/json.js";
import { SHORTEST_GIVEN_DIGEST } from "../../normalize/given-digest.js";
import { normalizerOf } from "../../normalize/normalizer-of.js";
import { readerOf, type Binder } from "../binder.js";
import { isBlank } from "../convert.js";
import { CONTAINER_TEXT } from "../descend.js";
import { elementOf, isTextual } from "../finish.js";
import type { Form, Source, ValueForm } from "../form.js";
import type { Scope } from "../scope.js";
import { COMMA, type Doubt, type Writer } from "./writer.js";
import { textWriter } from "./write-value.js";

/** True of a form whose texts go through normalisers or a hash and nothing else. */
export function isPlainText(form: ValueForm): boolean {
  const { map, fallback, hash } = form.steps;
  const field = elementOf(form) ?? form.field;
  if (!isTextual(form.steps) || map !== undefined || fallback !== undefined) return false;
  if (field.kind !== "string") return false;
  return hash || (field.hash !== "required" && field.enum === undefined && !field.bounds);
}

/** Makes the writer of one cell of digests: a row that has several values is not ordinary. */
export function digestWriter<B>(form: ValueForm, binder: Binder<B>): Writer<B> {
  const textsOf = textReader(form, binder);
  const normalized = normalizer(form, binder);
  return (scope, page) => {
    const texts = textsOf(scope);
    if (texts === undefined || texts.length > 1) return page.giveUp();
    const text = texts[0];
    if (text === undefined) return false;
    const one = normalized(text, scope);
    if (one === undefined) return page.giveUp();
    page.digest(one);
    return true;
  };
}

/** Makes the writer of a form that {@link isPlainText}. */
export function plainTextWriter<B>(
  form: ValueForm,
  doubt: Doubt | undefined,
  binder: Binder<B>,
): Writer<B> {
  const { field, steps } = form;
  const textsOf = textReader(form, binder);
  const normalized = normalizer(form, binder);
  const isList = field.kind === "array";
  const sentOf = sentTexts(form, normalized);
  const plain = textWriter(doubt);
  const write = (text: string, page: JsonPage): void => {
    if (steps.hash) page.digest(text);
    else plain(text, page);
  };
  return (scope, page) => {
    const texts = textsOf(scope);
    const sent = texts && sentOf(texts, scope);
    if (sent === undefined) return page.giveUp();
    const first = sent[0];
    if (first === undefined) return false;
    if (isList) writeList(sent, write, page);
    else write(first, page);
    return true;
  };
}

type Normalized<B> = (text: string, scope: Scope<B>) => string | undefined;

/** What is sent of some texts: each once, where the field asks for that; `undefined` as of one of them. */
function sentTexts<B>(
  { field }: ValueForm,
  normalized: Normalized<B>,
): (texts: readonly string[], scope: Scope<B>) => readonly string[] | undefined {
  const distinct = field.kind === "array" && field.unique;
  return (texts, scope) => {
    const only = texts[0];
    if (texts.length === 1 && only !== undefined) {
      const one = normalized(only, scope);
      return one === undefined ? undefined : [one];
    }
    const sent: string[] = [];
    for (const text of texts) {
      const one = normalized(text, scope);
      if (one === undefined) return undefined;
      if (!distinct || !sent.includes(one)) sent.push(one);
    }
    return sent;
  };
}

function writeList(
  texts: readonly string[],
  write: (text: string, page: JsonPage) => void,
  page: JsonPage,
): void {
  const start = page.at;
  for (const text of texts) {
    page.byte(COMMA);
    write(text, page);
  }
  page.closeList(start);
}

/** The texts of a row, trimmed and none of them blank; `undefined` where one is not as usual. */
type Texts<B> = (scope: Scope<B>) => readonly string[] | undefined;

function textReader<B>({ field, source }: ValueForm, binder: Binder<B>): Texts<B> {
  return source.kind === "identifier"
    ? identifierTexts(source.types, field.kind === "array", binder)
    : singleText(source, field.kind === "array", binder);
}

/** Of the first type that has any. */
function identifierTexts<B>(
  types: readonly string[],
  isList: boolean,
  { shape }: Binder<B>,
): Texts<B> {
  const readers = types.flatMap((type) => shape.identifiers(type) ?? []);
  return ({ batch, index }) => {
    for (const read of readers) {
      const values = read(batch, index);
      const texts = areTrimmed(values) ? values : trimmed(values);
      if (isList && texts?.some(mayBeContainer) === true) return undefined;
      if (texts?.length !== 0) return texts;
    }
    return NO_TEXTS;
  };
}

const NO_TEXTS: readonly string[] = [];

/** True only of texts that are trimmed already, as nearly all are. */
function areTrimmed(values: readonly Json[]): values is readonly string[] {
  for (const value of values) if (typeof value !== "string" || !surelyTrimmed(value)) return false;
  return true;
}

function trimmed(values: readonly Json[]): readonly string[] | undefined {
  const texts: string[] = [];
  for (const value of values) {
    if (isBlank(value)) continue;
    if (typeof value !== "string") return undefined;
    texts.push(value.trim());
  }
  return texts;
}

/** Where a list is wanted, JSON text is what it holds. */
function mayBeContainer(text: string): boolean {
  return CONTAINER_TEXT.test(text);
}

function singleText<B>(
  source: Exclude<Source, { kind: "identifier" }>,
  isList: boolean,
  binder: Binder<B>,
): Texts<B> {
  const readers =
    source.kind === "constant"
      ? [() => source.value]
      : source.paths.map((path) => readerOf(path, binder));
  return (scope) => {
    for (const read of readers) {
      const value = read(scope);
      if (isBlank(value)) continue;
      if (typeof value !== "string" || (isList && mayBeContainer(value))) return undefined;
      return [trimmedText(value)];
    }
    return NO_TEXTS;
  };
}

/** Gives the text that is sent, or hashed; `undefined` where something is to be counted, or of a digest. */
function normalizer<B>(
  { steps: { normalize, hash, country } }: ValueForm,
  binder: Binder<B>,
): Normalized<B> {
  const countryOf = country === undefined ? undefined : countryReader(country, binder);
  const steps = normalize.length === 0 ? undefined : normalizerOf(normalize);
  return (text, scope) => {
    if (text.length >= SHORTEST_GIVEN_DIGEST) return undefined;
    if (steps === undefined) return text;
    const normalized = steps(text, countryOf?.(scope));
    if (typeof normalized !== "string") return undefined;
    return hash ? normalized : trimmedText(normalized);
  };
}

function countryReader<B>(form: Form, binder: Binder<B>): (scope: Scope<B>) => string | undefined {
  const render = binder.render(form, binder);
  return (scope) => {
    const country = render(scope);
    return typeof country === "string" ? country : undefined;
  };
}
