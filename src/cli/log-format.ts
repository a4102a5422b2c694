/** What standard error is: sentences (or, with `--json`, JSON lines), or a log. */
export type LogFormat = "text" | "json";

/** Every format, the usual one first. */
export const LOG_FORMATS: readonly LogFormat[] = ["text", "json"];

/** Whether a log is asked for, by arguments that nobody has read yet. */
export function givenLogFormat(argv: readonly string[]): LogFormat {
  const isJson = argv.some(
    (argument, index) =>
      argument === "--log-format=json" ||
      (argument === "--log-format" && argv[index + 1] === "json"),
  );
  return isJson ? "json" : "text";
}
