// The desk decides in the browser, on every choice, without a request: it walks the graph that came with the page.
// Without this module, or before the graph is there, the same form works by full pages.

import { listen } from "./deskkeys.js";
import { fill, filled, readingOf, viewOf } from "./deskview.js";
import { dayInJapan, fetched, refusal, strip } from "./offline.js";

const form = document.getElementById("desk");
const by = (id) => document.getElementById(id);
const day = form.elements.visit_date;
const [site, page] = document.title.split(" – ").reverse();
const HOUR = 3600 * 1000;
const OFFERED = 10 * 1000;

let held = null;
let facts = null;
let view = null;
let before = null;
let offered = 0;

const today = () => (held.offline ? dayInJapan(Date.now()) : held.graph.made);

function factsOf(query) {
  const { graph } = held;
  const items = query.getAll("presented").filter((item) => graph.items.includes(item));
  const presented = items.includes("none") ? ["none"] : items;
  const stated = { ...graph.prechosen };
  for (const fact of graph.order) {
    const value = query.get(fact);
    if ([...graph.choices[fact], graph.unknown].includes(value)) stated[fact] = value;
  }
  return { day: query.get("visit_date") || today(), presented, stated };
}

function address() {
  const query = new URLSearchParams();
  if (facts.day !== today()) query.append("visit_date", facts.day);
  for (const item of held.graph.items) if (facts.presented.includes(item)) query.append("presented", item);
  for (const fact of held.graph.order) if (fact in facts.stated) query.append(fact, facts.stated[fact]);
  return `${form.getAttribute("action")}?${query}`;
}

// The form shows the facts; it is also what is sent when the server has to decide.
function reflect() {
  for (const tile of form.querySelectorAll("input[name=tile]")) {
    const [item, state] = tile.value.split(".");
    tile.checked = facts.presented.includes(item) && (!state || facts.stated[item] === state);
  }
  for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = facts.stated[radio.name] === radio.value;
  for (const select of form.querySelectorAll("select")) select.value = facts.stated[select.name] ?? "";
  const shown = readingOf(facts);
  for (const tile of by("reader").querySelectorAll("button")) tile.setAttribute("aria-pressed", String(tile.value === shown));
  by("others").classList.toggle("chosen", !!by("others").querySelector("input:checked"));
  day.value = facts.day;
  const { ui } = held.graph.words;
  document.querySelector("[data-slot=today]").textContent = facts.day === today() ? ui.today : ui.not_today;
  const { facility } = facts.stated;
  by("clear").href = `${form.getAttribute("action")}?facility=${facility}`;
  by("place").hidden = facility === held.graph.prechosen.facility;
  by("place").textContent = filled(ui.place, { facility: held.graph.facts.facility.values[facility] ?? ui.not_sure });
}

// What the reader shows, as assistant/web/desk/tiles.py reads it: a card where nothing is shown that it could be about.
const reads = JSON.parse(by("reader").dataset.reads);

function read(code) {
  if (readingOf(facts)) nextPatient();
  const items = facts.presented.filter((item) => item !== "none");
  const readable = items.some((item) => ["mynumber_card", "smartphone"].includes(item));
  const inDate = items.includes("certificate") && facts.stated.certificate !== "expired";
  const byNumber = "check_result" in reads[code] && inDate && !readable;
  if (!byNumber && !readable) facts.presented = [...items, "mynumber_card"];
  for (const fact of ["registration", "check_result", "card_condition"]) {
    delete facts.stated[fact];
    if (fact in reads[code] && (fact === "check_result" || !byNumber)) facts.stated[fact] = reads[code][fact];
  }
}

function chips() {
  const { graph } = held;
  const told = graph.order.filter((fact) => fact in facts.stated && !(fact in graph.prechosen) && fact !== "certificate");
  by("chips").hidden = !told.length;
  by("chips").replaceChildren(...told.map((fact) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain" });
    const value = graph.facts[fact].values[facts.stated[fact]] ?? graph.words.ui.not_sure;
    button.textContent = `${graph.facts[fact].label}: ${value} ×`;
    button.setAttribute("aria-label", `${graph.facts[fact].label}: ${value} ${graph.words.ui.take_back}`);
    button.addEventListener("click", () => choose(() => delete facts.stated[fact]));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

function advance() {
  const title = by("verdict").querySelector(".verdict-title");
  const word = by("verdict").querySelector("[data-slot=word]");
  word.tabIndex = -1;
  (view.question ? by("ask").querySelector("h2") : title.hidden ? word : title).focus();
}

// On a small screen what follows an answer can stand below it.
function reveal() {
  const asked = view?.question && view.state === "open";
  (asked ? by("ask") : by("verdict").querySelector(".standing")).scrollIntoView({ block: "nearest", behavior: "instant" });
}

// What leads away and comes back keeps the facts as they stand: the other language, the reading aids, the search;
// the desk's own place in the head keeps what is no fact of a patient.
function relink(here) {
  const query = here.slice(here.indexOf("?"));
  for (const other of document.querySelectorAll("a[hreflang]")) other.setAttribute("href", new URL(other.href).pathname + query);
  for (const aid of document.querySelectorAll(".aids a")) {
    const { pathname, searchParams } = new URL(aid.href);
    searchParams.set("back", here);
    aid.setAttribute("href", `${pathname}?${searchParams}`);
  }
  document.querySelector(".pages [aria-current]").href = by("clear").href;
  form.dataset.search = `${here.replace("/desk?", "/search?")}&voice=desk`;
}

function update() {
  const { ui } = held.graph.words;
  const left = by("ask").contains(document.activeElement) || by("chips").contains(document.activeElement);
  const refused = refusal(held, facts, Date.now());
  view = refused ? { state: "open", sign: "×", word: ui.refused, summary: refused } : viewOf(held.graph, facts);
  reflect();
  chips();
  fill(view, address());
  relink(address());
  document.title = `${(page ?? "").split(": ")[0]}: ${view.word} – ${site}`;
  by("strip").textContent = strip(held);
  by("strip").hidden = !held.offline;
  if (left) advance();
  else by("said").textContent = [view.word, view.title, view.question?.text].filter(Boolean).join("。 ");
}

// Papers with a printed date and days before the graph are decided by the server.
const elsewhere = () => form.querySelector("[data-printed]") || (!held.offline && facts.day < held.graph.made);

function choose(change) {
  change();
  reflect();
  if (elsewhere()) return form.submit();
  update();
  history.replaceState(null, "", address());
}

// After a final verdict the next thing shown is the next patient's. How the facility stands is no fact of a patient.
function nextPatient() {
  if (!view?.final) return;
  offer(facts);
  facts = afresh();
  reflect();
}

// That a new patient was begun is said, and can be taken back once, for a while: longer while the button has the focus.
function offer(patient) {
  clearTimeout(offered);
  before = patient;
  by("begun").hidden = !patient;
  if (patient) offered = setTimeout(() => offer(by("begun").contains(document.activeElement) ? patient : null), OFFERED);
}

function undo() {
  if (!before) return false;
  const patient = before;
  choose(() => (facts = patient));
  offer(null);
  advance();
  return true;
}

const afresh = () => factsOf(new URLSearchParams({ facility: facts.stated.facility }));

function toggle(code, on) {
  const [item, state] = code.split(".");
  const rest = facts.presented.filter((it) => it !== item && it !== "none" && item !== "none");
  facts.presented = on ? [...rest, item] : rest;
  if (item === "certificate") delete facts.stated[item];
  if (on && state) facts.stated[item] = state;
}

form.addEventListener("change", ({ target }) => {
  if (!held || target.id === "keys") return;
  if (target.name === "tile") choose(() => toggle(target.value, target.checked));
  else if (target === day) choose(() => (facts.day = day.value || today()));
  else if (target.value) choose(() => (facts.stated[target.name] = target.value));
  else choose(() => delete facts.stated[target.name]);
});

form.addEventListener("submit", (event) => {
  const { submitter } = event;
  if (!held || elsewhere()) return;
  event.preventDefault();
  if (submitter?.name === "reader") choose(() => read(submitter.value));
  else if (submitter?.name in held.graph.choices) choose(() => (facts.stated[submitter.name] = submitter.value));
  else return advance();
  reveal();
});

async function renew() {
  if (held && Date.now() - held.renewed < HOUR) return;
  held = await fetched(form.dataset.graph);
  facts ??= factsOf(new URLSearchParams(location.search));
  if (!elsewhere()) update();
}

await renew();
const { wire } = await import("./deskdialogs.js");
const clear = () => {
  if (elsewhere()) return location.assign(by("clear").href);
  offer(null);
  return choose(() => (facts = afresh()));
};
by("undo").addEventListener("click", undo);
listen(form, { advance, clear, nextPatient, undo, ...wire(() => view, clear) });
document.addEventListener("visibilitychange", () => document.hidden || renew().catch(() => {}));
navigator.serviceWorker?.register("/sw.js");
