/** Where a run stands, in one line. */
import type { RunEvent } from "../delivery/run-event.js";
import { counted, figure } from "../report/table.js";

/** Listens to a run and says where it stands. */
export class ProgressLine {
  private read = 0;
  private acknowledged = 0;
  private sent = 0;

  hear(event: RunEvent): void {
    if (event.kind === "read") this.read += event.records;
    if (event.kind === "exchange") this.sent += 1;
    if (event.kind === "exchange" && event.came === "acknowledged") this.acknowledged += 1;
  }

  get text(): string {
    const { sent, acknowledged, read } = this;
    const open = sent === acknowledged ? "" : ` of ${figure(sent)} sent`;
    return `${counted(acknowledged, "request")} acknowledged${open}, ${figure(read)} records read`;
  }
}
