// The system's own Chromium; nothing is ever downloaded.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
];

// Besides those of playwright: nothing in the browser speaks to anybody but the test server.
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser: $CHROMIUM, or the first that the system has. `args` are further flags. */
export async function openBrowser({ args = [] } = {}) {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) {
    throw new Error("No Chromium here: install it, or set CHROMIUM to the path of one.");
  }
  return chromium.launch({ executablePath, args: [...FLAGS, ...args] });
}
