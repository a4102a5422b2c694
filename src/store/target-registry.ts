/** The Target Registry: logical to remote targets, per ad account. */
export interface TargetRegistry {
  /** What is known of a logical target, if anything is. */
  find(adAccountId: string, target: string): Promise<RegisteredTarget | undefined>;
  /**
   * Notes that an audience is about to be created, before it is: whoever finds this note later looks
   * the name up before creating another one. False, and nothing is noted, when somebody else has noted
   * something of this target since.
   *
   * @param seen `checkedAt` of what the caller found of it before; `undefined` of nothing
   */
  creating(
    adAccountId: string,
    target: string,
    at: number,
    seen: number | undefined,
  ): Promise<boolean>;
  /** Remembers the audience of a logical target. */
  remember(ready: NewTarget): Promise<void>;
  /** Every target, by account and name. */
  list(): Promise<readonly RegisteredTarget[]>;
  /** Forgets which audience a logical target is; false when it was not known. */
  forget(adAccountId: string, target: string): Promise<boolean>;
  /** From now on nothing acknowledged before `at` counts for this target; false when it is not known. */
  distrust(adAccountId: string, target: string, at: number): Promise<boolean>;
}

/** An audience that was found or created. */
export interface NewTarget {
  readonly adAccountId: string;
  readonly target: string;
  readonly audienceId: string;
  readonly createdByUs: boolean;
  readonly at: number;
}

/** A row of the registry. */
export interface RegisteredTarget {
  readonly adAccountId: string;
  readonly target: string;
  /** Missing while the audience is being created. */
  readonly audienceId: string | undefined;
  readonly createdByUs: boolean;
  /** What was acknowledged earlier does not count. */
  readonly trustedSince: number;
  /** When it was last found or created, or its creation began. */
  readonly checkedAt: number;
}
