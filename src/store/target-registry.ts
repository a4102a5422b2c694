/** The Target Registry: logical to remote targets, per ad account. */
export interface TargetRegistry {
  /** The audience id of a logical target, if it was found or created before. */
  find(adAccountId: string, target: string): Promise<string | undefined>;
  /** Remembers the audience id of a logical target. */
  remember(adAccountId: string, target: string, audienceId: string): Promise<void>;
}
