// A browser, a page in it, and what is to happen behind its back.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PATIENCE = 20_000;

export class Visit {
  static async begin(executablePath, folder, url, control) {
    const isRoot = process.getuid?.() === 0;
    const browser = await chromium.launch({
      executablePath,
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        // No name leads anywhere: loopback is all there is.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
      ],
    });
    return Object.assign(new Visit(), { browser, folder, url, control, problems: [] });
  }

  /** Opens the chat in a tab. All tabs of a test share nothing but the server. */
  async open(options = DESKTOP) {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.problems.push(`${error}`));
    page.on("console", (line) => {
      // Chromium's own line about a 4xx that the page is about to explain.
      if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) this.problems.push(line.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(this.url)) this.problems.push(`asked ${request.url()}`);
    });
    await page.goto(this.url);
    await ready(page);
    return page;
  }

  async wish(name) {
    const response = await fetch(`${this.control}/${name}`);
    assert.equal(response.status, 200, name);
    return response.text();
  }

  async shot(page, name) {
    await page.screenshot({ path: `${this.folder}/${name}.png`, animations: "disabled" });
  }

  async end() {
    await this.browser.close();
    assert.deepEqual(this.problems, []);
  }
}

export const ready = (page) => page.locator("body[data-ready]").waitFor();

export const box = (page) => page.getByRole("textbox", { name: "Your question" });
export const sendButton = (page) => page.getByRole("button", { name: "Send" });
export const stopButton = (page) => page.getByRole("button", { name: "Stop" });

export async function ask(page, text) {
  await box(page).fill(text);
  await sendButton(page).click();
}

/** Waits until the last answer is [text], and is under way or not. */
export async function seeAnswer(page, text, isBusy = false) {
  await page.waitForFunction(
    ([wanted, busy]) => {
      const answer = [...document.querySelectorAll(".answer")].at(-1);
      return answer?.querySelector(".text").textContent === wanted && answer.hasAttribute("aria-busy") === busy;
    },
    [text, isBusy],
  );
}

/** Waits for what is said under the last answer. */
export const seeNote = (page, text) => page.locator(".answer").last().locator(".note", { hasText: text }).waitFor();
