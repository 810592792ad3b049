// The page of the web chat. What others wrote goes in as text, never as HTML.

const byId = (id) => document.getElementById(id);
const [form, question, send, stop, log, scroll] = ["form", "question", "send", "stop", "log", "scroll"].map(byId);

/** The chat in the address, so that a reload goes on with it and each tab has its own; "" before the first question. */
const chatId = () => location.hash.slice(1);

/** The answer under way: aborting it gives the connection up; it is heard from once the server has it. */
let underWay = null;

// -- The server

async function call(method, path, body, options = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: "no-store", ...options });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw Object.assign(new Error(problem.error ?? `The server said ${response.status}.`), { status: response.status });
}

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line) yield JSON.parse(line);
  }
}

// -- What is shown

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A question and the place of its answer. */
function turn(asked, answered = "") {
  const said = element("p", "asked", asked);
  said.prepend(element("span", "unseen", "You: "));
  const answer = element("div", "answer");
  const paragraph = element("p", "text");
  const text = new Text(answered);
  paragraph.append(text);
  answer.append(element("span", "unseen", "Answer: "), paragraph);
  log.append(said, answer);
  byId("welcome").hidden = true;
  return {
    begin: () => answer.setAttribute("aria-busy", "true"),
    add: (piece) => keepInSight(() => text.appendData(piece)),
    end: (how, note) => keepInSight(() => {
      answer.removeAttribute("aria-busy");
      answer.classList.add(how);
      if (note) answer.append(element("p", "note", note));
      else if (!text.data) answer.append(element("p", "note", "The model said nothing."));
    }),
  };
}

/** Follows what comes, unless somebody has scrolled up to read. */
function keepInSight(change) {
  const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  change();
  if (isAtEnd) toEnd();
}

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

function refresh() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
  send.hidden = underWay !== null;
  stop.hidden = underWay === null;
  send.disabled = !question.value.trim();
}

function tell(problem) {
  byId("problem").hidden = !problem;
  byId("problem").textContent = problem;
}

// -- What is done

async function ask(text) {
  if (underWay || !text.trim()) return;
  const mine = Object.assign(new AbortController(), { isHeard: false });
  underWay = mine;
  question.value = "";
  tell("");
  refresh();
  const shown = turn(text);
  shown.begin();
  toEnd();
  try {
    if (!chatId()) await open(mine.signal);
    const response = await call("POST", `/chats/${chatId()}/messages`, { text }, { signal: mine.signal });
    mine.isHeard = true;
    let last = { end: "failed", note: "The connection to the server broke off. Reload to see what it has kept." };
    for await (const line of linesOf(response.body)) {
      if (line.text) shown.add(line.text);
      else last = line;
    }
    shown.end(last.end, last.note);
  } catch (error) {
    if (mine.signal.aborted) shown.end("stopped", "Stopped.");
    else shown.end("failed", error.status ? error.message : "The server cannot be reached: is it running?");
  } finally {
    if (underWay === mine) underWay = null;
    refresh();
  }
}

async function open(signal) {
  const { id } = await (await call("POST", "/chats", undefined, { signal })).json();
  history.replaceState(null, "", `#${id}`);
}

/** The server ends the call to the model, and says so as the last line of the answer. */
async function stopAnswer() {
  const mine = underWay;
  if (!mine) return;
  question.focus();
  // Before the server has it there is nothing to stop there.
  if (mine.isHeard) await call("POST", `/chats/${chatId()}/stop`).catch(() => mine.abort());
  else mine.abort();
}

/** Shows the chat in the address as the server has it. An answer has one reader: one that was left under way is stopped. */
async function show() {
  underWay?.abort();
  underWay = null;
  log.replaceChildren();
  byId("welcome").hidden = Boolean(chatId());
  tell("");
  try {
    const turns = chatId() ? await turnsOf(chatId()) : [];
    for (const { question: asked, answer, end, note } of turns) turn(asked, answer).end(end, note);
  } catch (error) {
    if (error.status === 404) history.replaceState(null, "", "/");
    byId("welcome").hidden = Boolean(chatId());
    tell(error.status ? error.message : "The server cannot be reached: is it running?");
  }
  refresh();
  toEnd();
  // For whoever drives the page.
  document.body.dataset.ready = "true";
}

async function turnsOf(id) {
  const read = async () => (await (await call("GET", `/chats/${id}`)).json()).turns;
  const turns = await read();
  if (turns.at(-1)?.end !== "answering") return turns;
  await call("POST", `/chats/${id}/stop`);
  return read();
}

/** For whoever leaves while the model speaks: it need not go on. */
function leave() {
  if (underWay) fetch(`/chats/${chatId()}/stop`, { method: "POST", keepalive: true }).catch(() => {});
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(question.value);
});
question.addEventListener("input", refresh);
question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(question.value);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") stopAnswer();
});
stop.addEventListener("click", stopAnswer);
for (const idea of document.querySelectorAll(".idea")) idea.addEventListener("click", () => ask(idea.textContent));
byId("new").addEventListener("click", () => {
  leave();
  if (chatId()) history.pushState(null, "", "/");
  show();
  question.focus();
});
addEventListener("hashchange", show);
addEventListener("pagehide", leave);

call("GET", "/about")
  .then((response) => response.json())
  .then(({ about }) => { byId("about").textContent = about; })
  .catch(() => {});
await show();
if (matchMedia("(hover: hover)").matches) question.focus();
