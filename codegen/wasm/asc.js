// The compiler's own types would declare AssemblyScript's globals for the whole project; asc.d.ts does not.
export { main } from "assemblyscript/asc";
