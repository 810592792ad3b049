// node web-chat.js BROWSER FOLDER CHECK URL CONTROL: one check in a browser of its own. Ends with 0 if it holds.

import assert from "node:assert/strict";
import { Visit, PHONE, DESKTOP, ask, box, ready, seeAnswer, seeNote, sendButton, stopButton } from "./visit.js";

const ATTACK = '<img src=x onerror="window.attacked = true"><script>window.attacked = true</script>';

const checks = {
  async streams(visit) {
    const page = await visit.open();
    await ask(page, "Count.");
    await seeAnswer(page, "One", true);
    await stopButton(page).waitFor();
    await visit.wish("release");
    await seeAnswer(page, "One, two, three.");
    await sendButton(page).waitFor();
  },

  async stopsByTheButton(visit) {
    const page = await visit.open();
    await ask(page, "Tell me a story.");
    await seeAnswer(page, "Once upon a time", true);
    await stopButton(page).click();
    await visit.wish("await-hang-up");
    await seeNote(page, "Stopped.");
    await seeAnswer(page, "Once upon a time");
    await visit.shot(page, "stopped");
  },

  async stopsByTheKey(visit) {
    const page = await visit.open();
    await ask(page, "Tell me a story.");
    await seeAnswer(page, "Once upon a time", true);
    await page.keyboard.press("Escape");
    await visit.wish("await-hang-up");
    await seeNote(page, "Stopped.");
  },

  async stopsASilentModel(visit) {
    const page = await visit.open();
    await ask(page, "Be silent.");
    await visit.wish("await-request");
    await stopButton(page).click();
    await visit.wish("await-hang-up");
    await seeNote(page, "Stopped.");
  },

  async resumesAfterAReload(visit) {
    const page = await visit.open();
    await ask(page, "What is a coroutine?");
    await seeAnswer(page, "A coroutine is a light task that can pause and resume without blocking a thread.");
    await ask(page, "Tell me a story.");
    await seeAnswer(page, "Once upon a time", true);
    await page.reload();
    await visit.wish("await-hang-up");
    await ready(page);
    assert.equal(await page.locator(".asked").count(), 2);
    await seeAnswer(page, "Once upon a time");
    await seeNote(page, "Stopped.");
    await ask(page, "Write a haiku.");
    await seeAnswer(page, "Small words in a row,\ntokens falling like the rain,\na stream finds its way.");
    const told = JSON.parse(await visit.wish("last-request")).messages.map((message) => message.content);
    assert.equal(told.length, 5);
    assert.equal(told[3], "Once upon a time");
  },

  async stopsWhenTheTabCloses(visit) {
    const page = await visit.open();
    await ask(page, "Tell me a story.");
    await seeAnswer(page, "Once upon a time", true);
    await page.close();
    await visit.wish("await-hang-up");
  },

  async keepsChatsApart(visit) {
    const page = await visit.open();
    await ask(page, "What is a coroutine?");
    await sendButton(page).waitFor();
    await seeAnswer(page, "A coroutine is a light task that can pause and resume without blocking a thread.");
    await page.getByRole("button", { name: "New chat" }).click();
    await page.getByRole("heading", { name: "What would you like to know?" }).waitFor();
    assert.equal(await page.locator(".asked").count(), 0);
    await page.getByRole("button", { name: "Write a haiku." }).click();
    await seeAnswer(page, "Small words in a row,\ntokens falling like the rain,\na stream finds its way.");
    await page.goBack();
    await seeAnswer(page, "A coroutine is a light task that can pause and resume without blocking a thread.");
    assert.equal(await page.locator(".asked").count(), 1);
    await page.goto(`${visit.url}#forgotten`);
    await page.getByRole("alert").getByText("this chat is forgotten").waitFor();
    assert.equal(await page.locator(".asked").count(), 0);
  },

  async showsTextAsText(visit) {
    const page = await visit.open();
    await ask(page, "Attack.");
    await seeAnswer(page, ATTACK);
    await page.reload();
    await seeAnswer(page, ATTACK);
    await ask(page, ATTACK);
    await page.locator(".asked", { hasText: ATTACK }).waitFor();
    assert.equal(await page.locator("#log img, #log script").count(), 0);
    assert.equal(await page.evaluate(() => window.attacked), undefined);
  },

  async tellsOfFailures(visit) {
    const page = await visit.open();
    await ask(page, "Fail.");
    await seeNote(page, "The provider refused the key: check the key that the server was started with.");
    await ask(page, "Break off.");
    await seeAnswer(page, "Once upon");
    await seeNote(page, "The answer broke off: ask again.");
    await visit.shot(page, "failed");
    await page.reload();
    await seeNote(page, "The answer broke off: ask again.");
    assert.ok(!(await page.content()).includes("sk-"));
  },

  async followsWhatComes(visit) {
    const page = await visit.open();
    const isAtEnd = () => document.getElementById("scroll").scrollTop + document.getElementById("scroll").clientHeight >=
      document.getElementById("scroll").scrollHeight - 2;
    await ask(page, "Talk.");
    await sendButton(page).waitFor();
    await page.waitForFunction(isAtEnd);
    await page.reload();
    await ready(page);
    await page.waitForFunction(isAtEnd);
  },

  async goesByTheKeyboard(visit) {
    const page = await visit.open();
    await box(page).focus();
    await page.keyboard.type("What is");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("a coroutine?");
    assert.equal(await box(page).inputValue(), "What is\na coroutine?");
    await page.keyboard.press("Enter");
    await seeAnswer(page, "A coroutine is a light task that can pause and resume without blocking a thread.");
    assert.equal(await box(page).inputValue(), "");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".asked").count(), 1);
    // Round all there is, and each shows that it has the focus.
    for (const name of ["New chat", "Your question"]) {
      await page.getByLabel(name).or(page.getByRole("button", { name })).first().focus();
      await page.keyboard.press("Shift");
      const isShown = await page.evaluate(() => {
        const at = document.activeElement;
        const style = getComputedStyle(at.matches("textarea") ? at.closest(".box") : at);
        return style.outlineStyle !== "none" || style.boxShadow.includes("0px 0px 0px 1px");
      });
      assert.ok(isShown, name);
    }
  },

  fitsAPhone: (visit) => fits(visit, "phone", PHONE),

  fitsADesktop: (visit) => fits(visit, "desktop", DESKTOP),
};

/** In light and dark, before anything is said, while it answers and after. */
async function fits(visit, name, options) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await visit.open({ ...options, colorScheme });
    await page.locator("#about", { hasText: "A model" }).waitFor();
    await looksRight(page);
    await visit.shot(page, `${name}-${colorScheme}-welcome`);
    for (const idea of ["What is a coroutine?", "Write a haiku."]) await ask(page, idea).then(() => sendButton(page).waitFor());
    await ask(page, "Tell me a story.");
    await seeAnswer(page, "Once upon a time", true);
    await looksRight(page);
    await visit.shot(page, `${name}-${colorScheme}-answering`);
    await stopButton(page).click();
    await ask(page, `Attack. ${"x".repeat(300)}`);
    await seeAnswer(page, ATTACK);
    await looksRight(page);
  }
}

/** Nothing is wider than the screen, and fingers find the buttons. */
async function looksRight(page) {
  const found = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - innerWidth,
    tall: document.documentElement.scrollHeight - innerHeight,
    small: [...document.querySelectorAll("button")]
      .map((button) => [button.textContent.trim() || button.title, button.getBoundingClientRect()])
      .filter(([, { width, height }]) => width && Math.min(width, height) < 40)
      .map(([text]) => text),
  }));
  assert.deepEqual(found, { wide: 0, tall: 0, small: [] });
}

const [browser, folder, name, url, control] = process.argv.slice(2);
const visit = await Visit.begin(browser, folder, url, control);
try {
  await checks[name](visit);
} catch (error) {
  const page = visit.browser.contexts().at(-1)?.pages().at(-1);
  if (page) await visit.shot(page, `broken-${name}`).catch(() => {});
  throw error;
} finally {
  await visit.end();
}
