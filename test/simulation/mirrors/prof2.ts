import { opened } from "../../store/world.js";
import { mkdtempSync } from "node:fs";
const f = mkdtempSync("/tmp/duck-") + "/s.duckdb";
const time = async <T>(n: string, w: () => Promise<T>): Promise<T> => {
  const c = process.cpuUsage();
  const t = Date.now();
  const r = await w();
  const d = process.cpuUsage(c);
  console.log(n, Date.now() - t, "ms wall", Math.round((d.user + d.system) / 1000), "ms cpu");
  return r;
};
let s = await time("open", () => opened(f));
for (let i = 0; i < 3; i++) {
  await time("start", () =>
    s.runs.start({ sync: "x", surface: "custom_audiences", startedAt: 1, holder: "h" } as any),
  );
  await time("past", () => s.runs.past("x"));
  const st = await time("stage", () => s.members.stage());
  await time("add", () => st.add([]));
  await time("repeated", () => st.repeated());
  await time("audiences", () => s.members.audiences());
  const d = await time("compare", () =>
    st.compare({
      sync: "x",
      audiences: [{ target: "a", audienceId: "1", trustedSince: 0 }],
      removes: true,
    }),
  );
  await time("begin", () => d.begin(i + 1, ["a"]));
  await time("changes", () => d.changes("a", -1, 10));
  await time("close", () => st.close());
  await time("end", () => s.runs.end(i + 1, "failed", 2, "{}"));
}
await time("close", () => s.close());
s = await time("open", () => opened(f));
