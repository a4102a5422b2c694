import { fileURLToPath } from "node:url";

/** The file of the manual at a place such as `docs/doctor.md`; what commands print comes with the package. */
export function manualFile(place: string): string {
  return fileURLToPath(new URL(`../../${place}`, import.meta.url));
}
