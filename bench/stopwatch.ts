/** How long steps take, and the memory that the process takes at most. */
import { readFileSync } from "node:fs";

/** What a step took, in milliseconds; of all its repetitions the sum. */
export interface Took {
  readonly wall: number;
  /** Of all threads; on a machine that others use it says more than the wall does. */
  readonly cpu: number;
}

/** Adds up what the steps of a process take. */
export class Stopwatch {
  private readonly taken = new Map<string, Took>();

  async time<T>(step: string, work: () => Promise<T>): Promise<T> {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(used);
    const before = this.took(step);
    this.taken.set(step, {
      wall: before.wall + performance.now() - start,
      cpu: before.cpu + (user + system) / 1_000,
    });
    return result;
  }

  took(step: string): Took {
    return this.taken.get(step) ?? { wall: 0, cpu: 0 };
  }

  /** A line for each step. */
  lines(): readonly string[] {
    return [...this.taken].map(
      ([step, { wall, cpu }]) => `  ${step.padEnd(28)} ${ms(wall)}   ${ms(cpu)} of processors`,
    );
  }
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString("en")} ms`.padStart(12);
}

/** The most memory that this process had at once, in megabytes. */
export function peakMegabytes(): number {
  const [, peak = "0"] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Math.round(Number(peak) / 1_000);
}
