// Appends turns to the page instead of loading it anew. Without this module the same form works by full pages.

import "./choices.js";
import { begin, links, note } from "./turnhistory.js";

const form = document.getElementById("chat");
const log = document.getElementById("log");
const turns = document.getElementById("turns");
const facts = document.getElementById("facts");
const text = document.getElementById("text");
const trouble = document.getElementById("trouble");
const copied = document.getElementById("copied");
const announced = document.getElementById("announced");
const button = form.querySelector("button[type=submit]");
const site = document.title.split(" – ").pop();
const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const touched = matchMedia("(pointer: coarse)");

const MOST_LINES = 4;
let busy = false;
let flight = null;

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

// Questions of earlier turns stay in the transcript as text; only the newest can be answered. Returned is what now stands
// in the place of what, since Back brings it back.
function settle() {
  const swaps = [];
  for (const earlier of turns.querySelectorAll("form.question")) {
    const legend = earlier.querySelector("legend");
    const asked = document.createElement("p");
    asked.className = "asked";
    asked.textContent = legend ? legend.textContent.trim() : "";
    swaps.push([asked, earlier]);
  }
  for (const earlier of turns.querySelectorAll(".understood, .quick, .town")) swaps.push([new Comment(), earlier]);
  for (const [stand, earlier] of swaps) earlier.replaceWith(stand);
  return swaps;
}

function wordsOf(sent, submitter) {
  if (sent.matches(".quick, .people")) return submitter.textContent.trim();
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

// An open question in which something is chosen: with an empty box the button of the box, always in sight, answers it.
function chosen() {
  const open = [...turns.querySelectorAll("form.question")].at(-1);
  const given = open && [...open.querySelectorAll("fieldset input:checked, select")].some((it) => it.value);
  return given ? open : null;
}

// What was said stands there at once, with a sign that the reply is on its way; both go when it does not come.
async function send(sent, said, submitter) {
  const body = new URLSearchParams(new FormData(sent));
  if (submitter && submitter.name) body.set(submitter.name, submitter.value);
  const stays = document.activeElement === text && !touched.matches;
  if (sent === form) write("");
  const waiting = [said && append("said", said), append("waiting", button.dataset.waiting)].filter(Boolean);
  announced.textContent = button.dataset.waiting;
  log.hidden = false;
  log.setAttribute("aria-busy", "true");
  waiting.at(-1).scrollIntoView({ block: "nearest" });
  flight = new AbortController();
  try {
    const headers = { "X-Turn": "1" };
    const response = await fetch(sent.action, { method: "POST", body, headers, signal: flight.signal });
    if (response.status !== 200) throw new Error(response.status);
    const reply = fragment(await response.text());
    waiting.pop().remove();
    const swaps = settle();
    show([...waiting, append("reply", reply)], swaps, stays);
  } catch (error) {
    for (const item of waiting) item.remove();
    announced.textContent = "";
    log.hidden = !turns.children.length;
    throw error;
  } finally {
    log.removeAttribute("aria-busy");
  }
}

// The page of a conversation, or the one before its first turn.
function begun(is) {
  form.classList.toggle("going", is);
  text.placeholder = is ? form.querySelector(".next").textContent : "";
  if (!is) text.rows = 3;
  fit();
  document.querySelector("main").classList.toggle("answer-page", is);
  document.getElementById("again").hidden = !is;
  for (const before of document.querySelectorAll("[data-before], .lead, .notice-line")) before.hidden = is;
  log.hidden = !is;
}

function show(items, swaps, stays) {
  begun(true);
  const item = items.at(-1);
  const next = item.querySelector("[data-facts]");
  facts.replaceChildren(...next.children);
  const here = follow(next.dataset.talk);
  reveal(item);
  const target = headOf(item);
  note(here, `${target.textContent.trim()} – ${site}`, items, swaps, true);
  announced.textContent = stays ? inShort(item, target) : "";
  if (!stays) target.focus({ preventScroll: true });
  bring(items, target);
}

function headOf(item) {
  const target = item.querySelector("legend h2, .verdict-title, h2") ?? item;
  target.tabIndex = -1;
  return target;
}

// Who writes on hears the reply's first lines; the whole of it would take minutes.
function inShort(item, target) {
  const lines = [item.querySelector(".verdict .standing"), target, item.querySelector(".verdict .summary")];
  return lines.filter(Boolean).map((line) => line.innerText.trim()).join(" ");
}

// From what was said on; where that is long, from the reply on: its first line is to be in view.
function bring(items, target) {
  const room = innerHeight - form.offsetHeight;
  const [said, item] = [items[0], items.at(-1)];
  const long = target.getBoundingClientRect().bottom - said.getBoundingClientRect().top > room;
  (long ? item : said).scrollIntoView({ block: "start", behavior: reduced.matches ? "auto" : "smooth" });
}

// The address and the links that come back to it carry the codes, so that a reload or the other language goes on here.
function follow(talk) {
  const here = `${location.pathname}?talk=${talk}`;
  for (const link of links()) {
    const leads = new URL(link.href);
    if (link.hreflang) leads.search = `?talk=${talk}`;
    else leads.searchParams.set("back", here);
    link.href = leads.href;
  }
  return here;
}

// Back or Forward: the turn that is now the last one.
function arrive(is) {
  begun(is);
  tell("");
  announced.textContent = "";
  const item = is ? turns.lastElementChild : null;
  const target = item ? headOf(item) : document.querySelector("main");
  target.focus({ preventScroll: true });
  // After the browser has put back the place of the page before the first turn, which it keeps by itself.
  requestAnimationFrame(() => {
    if (item) bring([item.previousElementSibling ?? item, item], target);
    else scrollTo({ top: 0, behavior: "instant" });
  });
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
    const open = chosen();
    if (open) {
      open.requestSubmit(open.querySelector("button[type=submit]"));
      return;
    }
    tell(trouble.dataset.empty);
    text.focus();
    return;
  }
  busy = true;
  button.setAttribute("aria-disabled", "true");
  tell("");
  try {
    await send(sent, sent === form ? written.trim() : wordsOf(sent, event.submitter), event.submitter);
  } catch (error) {
    if (sent === form && !text.value) write(written);
    if (error.name !== "AbortError") tell(trouble.dataset.cut);
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
begin(form.classList.contains("going"), () => flight?.abort(), arrive);
