/**
 * People who were erased and are to be sent no more, known by their keys: digests of key cells, those of
 * wanted and held rows. What a person is called stands nowhere.
 */
export interface Suppressions {
  /** Whether anybody is suppressed. */
  any(): Promise<boolean>;
  /** Which of some keys are. */
  among(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Suppresses keys; gives how many were not. The rejects of all held rows of whoever has one of them are
   * forgotten: they name the person, and a removal that was refused is due again. These rows, and those that
   * share a key with them, lose their confirmation: whoever erases people sends removals also to audiences
   * that no sync keeps, where nothing is begun that would withdraw it.
   */
  add(keys: readonly string[], at: number): Promise<number>;
  /** Ends that of some keys; gives of how many. */
  lift(keys: readonly string[]): Promise<number>;
  /**
   * Forgets what is held of suppressed people in an audience that is no more, all rows of theirs; gives
   * how many. What is not folded is not looked at.
   */
  dropHeld(audienceId: string): Promise<number>;
}
