/** Nothing but comments, about which no engine says anything that helps. */
export function isBlankSql(sql: string): boolean {
  return /^[\s;]*$/.test(sql.replace(/--.*$/gm, "").replace(/\/\*.*?\*\//gs, ""));
}
