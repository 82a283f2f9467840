// Appends turns to the page instead of loading it anew. Without this module the same form works by full pages.

import "./choices.js";

const form = document.getElementById("chat");
const log = document.getElementById("log");
const turns = document.getElementById("turns");
const facts = document.getElementById("facts");
const text = document.getElementById("text");
const trouble = document.getElementById("trouble");
const copied = document.getElementById("copied");
const button = form.querySelector("button[type=submit]");
const site = document.title.split(" – ").pop();
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

const MOST_LINES = 4;
let busy = false;

function append(kind, content) {
  const item = document.createElement("li");
  item.className = kind;
  item.append(content);
  turns.append(item);
  return item;
}

function fragment(html) {
  return document.createRange().createContextualFragment(html);
}

// Questions of earlier turns stay in the transcript as text; only the newest can be answered.
function settle() {
  for (const earlier of turns.querySelectorAll("form.question")) {
    const legend = earlier.querySelector("legend");
    const asked = document.createElement("p");
    asked.className = "asked";
    asked.textContent = legend ? legend.textContent.trim() : "";
    earlier.replaceWith(asked);
  }
  for (const earlier of turns.querySelectorAll(".understood, .quick, .town")) earlier.remove();
}

function wordsOf(sent, submitter) {
  if (sent.classList.contains("quick")) return submitter.textContent.trim();
  if (sent.classList.contains("town")) return sent.querySelector("select").selectedOptions[0].textContent;
  const chosen = [...sent.querySelectorAll("fieldset input:checked")].map((input) => input.nextElementSibling.textContent.trim());
  const day = [...sent.querySelectorAll("select")].filter((it) => it.value).map((it) => it.selectedOptions[0].textContent);
  return [day.join(" "), ...chosen].filter(Boolean).join(", ");
}

function tell(words) {
  trouble.textContent = words;
  trouble.hidden = !words;
  text.toggleAttribute("aria-invalid", words !== "" && words === trouble.dataset.empty);
}

function write(words) {
  text.value = words;
  fit();
}

// After a turn the box is one line, and grows with what is written into it.
function fit() {
  if (!form.classList.contains("going")) return;
  text.rows = 1;
  while (text.rows < MOST_LINES && text.scrollHeight > text.clientHeight) text.rows += 1;
}

// What was said stands there at once, with a sign that the reply is on its way; both go when it does not come.
async function send(sent, said, submitter) {
  const body = new URLSearchParams(new FormData(sent));
  if (submitter && submitter.name) body.set(submitter.name, submitter.value);
  if (sent === form) write("");
  const waiting = [said && append("said", said), append("waiting", button.dataset.waiting)].filter(Boolean);
  log.hidden = false;
  log.setAttribute("aria-busy", "true");
  waiting.at(-1).scrollIntoView({ block: "nearest" });
  let response;
  try {
    response = await fetch(sent.action, { method: "POST", body, headers: { "X-Turn": "1" } });
    if (response.status !== 200) throw new Error(response.status);
    const reply = fragment(await response.text());
    waiting.pop().remove();
    settle();
    show(append("reply", reply), waiting[0]);
  } catch (error) {
    for (const item of waiting) item.remove();
    log.hidden = !turns.children.length;
    throw error;
  } finally {
    log.removeAttribute("aria-busy");
  }
}

function show(item, said) {
  form.classList.add("going");
  text.placeholder = form.querySelector(".next").textContent;
  fit();
  document.querySelector("main").classList.add("answer-page");
  document.getElementById("again").hidden = false;
  for (const before of document.querySelectorAll("[data-before], .lead, .notice-line")) before.hidden = true;
  const next = item.querySelector("[data-facts]");
  facts.replaceChildren(...next.children);
  follow(next.dataset.talk);
  reveal(item);
  const target = item.querySelector("legend h2, .verdict-title, h2") ?? item;
  document.title = `${target.textContent.trim()} – ${site}`;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  // From what was said on; where that is long, from the reply on: its first line is to be in view.
  const room = innerHeight - form.offsetHeight;
  const long = said && target.getBoundingClientRect().bottom - said.getBoundingClientRect().top > room;
  const first = said && !long ? said : item;
  first.scrollIntoView({ block: "start", behavior: reduced.matches ? "auto" : "smooth" });
}

// The address and the links that come back to it carry the codes, so that a reload or the other language goes on here.
function follow(talk) {
  const here = `${location.pathname}?talk=${talk}`;
  history.replaceState(null, "", here);
  for (const link of document.querySelectorAll("a[hreflang]")) {
    link.href = `${new URL(link.href).pathname}?talk=${talk}`;
  }
  for (const link of document.querySelectorAll(".aids a")) {
    const choice = new URL(link.href);
    choice.searchParams.set("back", here);
    link.href = choice.href;
  }
}

function reveal(scope) {
  for (const button of scope.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
}

// An opinion on an answer leaves the conversation where it is.
async function judge(sent, submitter) {
  const body = new URLSearchParams(new FormData(sent));
  body.set(submitter.name, submitter.value);
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.tabIndex = -1;
  try {
    const response = await fetch(sent.action, { method: "POST", body });
    said.textContent = response.ok ? sent.dataset.done : sent.dataset.failed;
  } catch {
    said.textContent = sent.dataset.failed;
  }
  sent.replaceWith(said);
  said.focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  const sent = event.target;
  if (sent.classList.contains("helpful")) {
    event.preventDefault();
    await judge(sent, event.submitter);
    return;
  }
  if (sent !== form && !turns.contains(sent)) return;
  event.preventDefault();
  if (busy) return;
  const written = text.value;
  if (sent === form && !written.trim()) {
    tell(trouble.dataset.empty);
    text.focus();
    return;
  }
  busy = true;
  button.setAttribute("aria-disabled", "true");
  tell("");
  try {
    await send(sent, sent === form ? written.trim() : wordsOf(sent, event.submitter), event.submitter);
  } catch {
    if (sent === form && !text.value) write(written);
    tell(trouble.dataset.cut);
  }
  busy = false;
  button.removeAttribute("aria-disabled");
});

text.addEventListener("input", fit);

// Enter sends, except while an input method is choosing letters.
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit(button);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) {
    window.print();
    return;
  }
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location.origin).href);
  copied.textContent = copied.dataset.done;
});

reveal(document);
fit();
