/** The report as a browser shows it, in light and dark, wide and narrow. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/core/redact.js";
import { runHtml } from "../../../src/report/html/page.js";
import type { RunReport } from "../../../src/report/run-report.js";
import { hasBrowser, openBrowser, type OpenBrowser } from "./browser.js";
import { flawsOf } from "./look.js";
import { brokenReport, busyReport, reportOf } from "./situations.js";

/** Pictures for people; git ignores them. */
const PICTURES = fileURLToPath(new URL("../../../coverage/report-pictures/", import.meta.url));
/** Pixels; a browser takes no picture of a page that is very much taller than its window. */
const TALLEST = 6_000;
const SITUATIONS: Readonly<Record<string, () => RunReport>> = {
  empty: reportOf,
  broken: brokenReport,
  busy: () =>
    busyReport(
      (index) => `Customers ${String(index)} of ${"a_very_long_name_without_a_break_".repeat(4)}`,
    ),
};
const VIEWS = Object.keys(SITUATIONS).flatMap((name) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    [1280, 390].map((width) => [name, scheme, width] as const),
  ),
);

if (!hasBrowser)
  process.stderr.write("NO BROWSER: the report's looks are NOT tested. Name one: CHROMIUM_BIN.\n");

describe.skipIf(!hasBrowser)("the report in a browser", () => {
  let opened: OpenBrowser;
  let folder: string;
  beforeAll(async () => {
    opened = await openBrowser();
    folder = await mkdtemp(path.join(tmpdir(), "retl-meta-report-"));
    await mkdir(PICTURES, { recursive: true });
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });

  async function withPage<T>(
    name: string,
    view: { readonly scheme: "light" | "dark"; readonly width: number },
    look: (page: Page, noise: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const file = path.join(folder, `${name}-${view.scheme}-${String(view.width)}.html`);
    await writeFile(
      file,
      runHtml(
        (SITUATIONS[name] ?? reportOf)(),
        createRedactor(() => []),
      ),
    );
    const context = await opened.browser.newContext({
      colorScheme: view.scheme,
      viewport: { width: view.width, height: 900 },
    });
    try {
      const page = await context.newPage();
      const noise: string[] = [];
      page.on("console", (message) => noise.push(message.text()));
      page.on("pageerror", (error) => noise.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== pathToFileURL(file).href) noise.push(request.url());
      });
      await page.goto(pathToFileURL(file).href);
      return await look(page, noise);
    } finally {
      await context.close();
    }
  }

  it.each(VIEWS)(
    "shows a run that is %s in %s at %i pixels without a flaw",
    // Chromium does not always manage to take its picture where others keep the machine busy.
    { retry: 2 },
    async (name, scheme, width) => {
      await withPage(name, { scheme, width }, async (page, noise) => {
        const height = await page.evaluate<number>("document.documentElement.scrollHeight");
        await page.screenshot({
          path: path.join(PICTURES, `${name}-${scheme}-${String(width)}.png`),
          fullPage: true,
          clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
        });
        expect(await flawsOf(page)).toEqual({ faint: [], beyond: [], overlapping: [], wider: 0 });
        expect(noise).toEqual([]);
        const bright = await page.evaluate<string>(
          "getComputedStyle(document.body).backgroundColor",
        );
        expect(bright).toBe(scheme === "light" ? "rgb(246, 247, 249)" : "rgb(15, 19, 23)");
      });
    },
  );

  it("shows what happened, what to do, every audience and a plot", async () => {
    await withPage("busy", { scheme: "light", width: 1280 }, async (page) => {
      const headings = await page.locator("h2").allInnerTexts();
      expect(headings).toEqual([
        "What to do next",
        "Records",
        "What changed",
        "Audiences",
        "Rejected records",
        "Noted",
        "Requests over time",
        "Waits",
        "Usage against limits",
      ]);
      expect(await page.locator(".status").innerText()).toBe("Succeeded in part");
      expect(await page.locator("section").nth(2).locator("tbody tr").count()).toBe(60);
      expect(await page.locator("section").nth(4).innerText()).toContain(
        "Add the event's name to event_routes",
      );
      const bars = page.locator("figure").first().locator(".area rect");
      expect(await bars.count()).toBeGreaterThanOrEqual(40);
      for (const bar of await bars.all())
        expect((await bar.boundingBox())?.height).toBeGreaterThan(1);
    });
  });

  it("opens the numbers of a plot as a table", async () => {
    await withPage("busy", { scheme: "light", width: 1280 }, async (page) => {
      const table = page.locator("details table").first();
      expect(await table.isVisible()).toBe(false);
      await page.locator("summary").first().click();
      expect(await table.isVisible()).toBe(true);
    });
  });

  it("shows what looks like markup as text", async () => {
    await withPage("busy", { scheme: "light", width: 1280 }, async (page) => {
      expect(await page.locator("b, script").count()).toBe(0);
      expect(await page.locator("section").nth(4).innerText()).toContain('{"id":"<b>7</b>"}');
    });
  });
});
