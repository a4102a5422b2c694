/** Something that the spec lacks or gets wrong, and where. */
export interface Fault {
  readonly place: string;
  readonly message: string;
}
