/** Tables that are made of what was gathered and of the store, some of them later or never. */
import type { Derived, Scratch, Work } from "../sql/database.js";
import type { DuckdbDatabase, Run } from "./database.js";

/** How tables are derived in a scratch. */
interface Derivations extends Pick<Scratch, "derive"> {
  /** What was derived is over: its tables are about to go. */
  readonly end: () => void;
}

/**
 * The rest of a derivation waits until it is asked for, or until something else is about to write to the
 * store: it finds the store as the derivation did.
 *
 * @param prepare makes room for derived tables
 */
export function derivations(
  database: DuckdbDatabase,
  prepare: (run: Run) => Promise<void>,
): Derivations {
  let waiting: Waiting | undefined;
  database.beforeWriting = () => waiting?.hurry();
  return {
    derive: async <T>(name: string, work: Work<T>, rest: Work<void>): Promise<Derived<T>> => {
      const prepared = database.apart(prepare);
      const done = unpacked(database, name, async (transaction) => {
        await prepared;
        return work(transaction);
      });
      const remaining = new Waiting(() => unpacked(database, `rest of ${name}`, rest));
      waiting = remaining;
      const [result] = await Promise.all([done, prepared]);
      return { result, complete: () => remaining.ask() };
    },
    end: () => {
      waiting?.end();
      waiting = undefined;
    },
  };
}

/** A transaction of whose tables none is packed: nobody keeps them. */
async function unpacked<T>(database: DuckdbDatabase, name: string, work: Work<T>): Promise<T> {
  const settings = database.apart(async (run) => {
    await run("SET GLOBAL wal_autocheckpoint = '1TB'");
  });
  const done = database.transaction(name, work);
  await Promise.allSettled([settings, done, database.apart(packAgain)]);
  return done;
}

/** Right behind what is gathered or derived: the store's own log is not to grow. */
export async function packAgain(run: Run): Promise<void> {
  await run("RESET GLOBAL wal_autocheckpoint");
}

/** Work that is done once, when it is asked for or at the last moment. */
class Waiting {
  private started: Promise<void> | undefined;
  private isLate = false;

  /** @param start does it, in its turn */
  constructor(private readonly start: () => Promise<void>) {}

  /** What fails is tried again as long as everything is as it was. */
  ask(): Promise<void> {
    return (this.started ??= this.attempt());
  }

  private attempt(): Promise<void> {
    const attempt: Promise<void> = this.start().catch((error: unknown) => {
      if (!this.isLate && this.started === attempt) this.started = undefined;
      throw error;
    });
    return attempt;
  }

  /** Whoever asks from here on would read the tables of another derivation. */
  end(): void {
    this.started = Promise.reject(new TypeError("the comparison was closed"));
    this.started.catch(() => undefined);
  }

  /** Now or never: behind it nothing is as it was any more. */
  hurry(): void {
    this.ask().catch(() => undefined);
    this.isLate = true;
  }
}
