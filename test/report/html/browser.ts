/**
 * A browser to look at pages with. On Linux it is in a development dependency, with the libraries that it
 * needs; elsewhere `CHROMIUM_BIN` names one that is installed.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Whether one is to be had on this machine. */
export const hasBrowser =
  process.env["CHROMIUM_BIN"] !== undefined ||
  (process.platform === "linux" && process.arch === "x64");

/** A browser, and what it leaves behind when it is closed: nothing. */
export interface OpenBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Starts a browser. */
export async function openBrowser(): Promise<OpenBrowser> {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-browser-"));
  const installed = process.env["CHROMIUM_BIN"];
  const executablePath = installed ?? (await unpacked(folder));
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: false,
    env: {
      ...process.env,
      HOME: folder,
      ...(installed === undefined && {
        LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
        FONTCONFIG_PATH: folder,
      }),
    },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Its own door unpacks to the folder for temporary files, once for everybody, and the libraries only where
 * it finds itself in a certain cloud; hence a process that is told so.
 */
async function unpacked(folder: string): Promise<string> {
  const script = `import c from "@sparticuz/chromium"; c.setGraphicsMode = false; console.log(await c.executablePath())`;
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "nodejs22.x" };
  const options = { cwd: ROOT, env, encoding: "utf8" } as const;
  const found = execFileSync(process.execPath, ["--input-type=module", "-e", script], options);
  const fonts = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;
  await writeFile(path.join(folder, "fonts.conf"), fonts);
  return found.trim();
}
