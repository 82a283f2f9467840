// Fills the slots of the desk page from a verdict of graph.js: what assistant/web/deskview.py does on the server.

import { firstOfEach, settle, toldApart } from "./graph.js";

const slot = (name) => document.querySelector(`[data-slot="${name}"]`);

export function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function dayInWords(iso, lang) {
  const [year, month, day] = iso.split("-").map(Number);
  if (lang === "ja") return `${year}年${month}月${day}日`;
  const words = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", words).format(new Date(`${iso}T00:00Z`));
}

export function viewOf(graph, facts) {
  const { words } = graph;
  const brief = settle(graph, facts);
  if (!brief.confirmed) {
    const contact = contactOf(graph, facts, "insurer");
    return { state: "open", sign: "？", word: words.ui.not_confirmed, summary: graph.notConfirmed, contact };
  }
  if (!facts.presented.length) return { state: "open", sign: "", word: words.ui.nothing, summary: words.ui.nothing_more };
  const standing = brief.leaf ? graph.outcomes[brief.leaf.decision.outcome].standing : "";
  const banner = brief.leaf ? graph.outcomes[brief.leaf.decision.outcome].banner : "";
  const view = {
    asides: asidesOf(graph, brief, standing),
    question: brief.ask ? questionOf(graph, facts, brief.ask) : null,
    state: banner === "expected" ? "discretion" : standing || "open",
    sign: words.signs[banner] ?? "？",
    word: words.standings[banner] ?? words.ui.open,
  };
  if (brief.leaf) return { ...view, ...settled(graph, facts, brief.leaf.decision) };
  view.summary = brief.ask ? words.ui.open_more : words.ui.either;
  view.possible = possibleOf(graph, brief);
  return view;
}

function asidesOf(graph, brief, kind) {
  const byValue = new Map();
  for (const { fact, value, standing } of brief.otherwise.filter((it) => it.standing !== kind)) {
    const label = graph.facts[fact].values[value];
    byValue.set(label, [...(byValue.get(label) ?? []), graph.words.standings[standing]]);
  }
  return [...byValue].map(([label, standings]) => `${label}: ${standings.join(" / ")}`);
}

function possibleOf(graph, brief) {
  const leaves = brief.branches.length ? brief.branches : toldApart(brief.cases);
  return firstOfEach(leaves).map(({ given, decision }) => {
    const outcome = graph.outcomes[decision.outcome];
    const told = `${graph.words.standings[outcome.standing]}: ${outcome.title[graph.lang]}`;
    const on = Object.entries(given).map(([fact, value]) => graph.facts[fact].values[value]).join("; ");
    return on ? `${on} → ${told}` : told;
  });
}

function settled(graph, facts, decision) {
  const { words, lang } = graph;
  const outcome = graph.outcomes[decision.outcome];
  const rows = decision.rows.map((place) => graph.rows[place]);
  const [insured, tableOf] = [["insured", "discretion"].includes(outcome.standing), (key) => key.split("/")[0]];
  const notes = rows.map(([key, result]) => insured && graph.notes[`${tableOf(key)}/${result}`]).filter(Boolean);
  const based = [...rows].reverse().flatMap((row) => row[5]);
  const ids = new Set([...based, ...outcome.sources, ...notes.flatMap((note) => note.sources)]);
  const sources = [...ids].map((id) => graph.sources[id]).filter(Boolean);
  const least = (days) => days.filter(Boolean).sort()[0];
  const days = {
    day: facts.day,
    first: rows.map((row) => row[2]).sort().at(-1),
    last: least(rows.map((row) => row[3])),
    checked: least(sources.map((source) => source[3])),
    review: least(sources.map((source) => source[4])),
  };
  const said = Object.fromEntries(Object.entries(days).map(([name, day]) => [name, day && dayInWords(day, lang)]));
  const line = [words.ui.visit, days.last ? words.ui.between : words.ui.since, words.ui.checked];
  const assumed = Object.entries(decision.assumed).map(([fact, it]) => {
    return `${graph.facts[fact].label}: ${graph.facts[fact].values[it]}`;
  });
  return {
    title: outcome.title[lang],
    summary: outcome.summary,
    pay: outcome.pay,
    share: words.shares[outcome.share],
    claim: outcome.claim.map((claim) => words.claims[claim]).join(" → "),
    steps: outcome.steps,
    form: Boolean(outcome.form),
    notes: notes.map((note) => note.text),
    dates: line.map((pattern) => filled(pattern, said)).join(" · "),
    contact: contactOf(graph, facts, outcome.contact),
    assumed: assumed.length ? filled(words.ui.assumed, { facts: assumed.join("; ") }) : "",
    sure: words.confidences[Math.max(...rows.map((row) => row[4]))],
    rules: rows.filter((row) => row[5].length).map(([key]) => [
      `${graph.about[tableOf(key)]} (${key})`, `${slot("rules").dataset.base}#${key.replace("/", "-")}`,
    ]),
    sources: sources.map(([issuer, title, url]) => [`${issuer}: ${title}`, url]),
    say: { ja: [outcome.title.ja, outcome.say.ja], en: [outcome.title.en, outcome.say.en] },
  };
}

function questionOf(graph, facts, fact) {
  const words = graph.facts[fact];
  const options = graph.choices[fact].map((value, place) => [String(place + 1), value, words.values[value]]);
  if (facts.stated[fact] !== graph.unknown) options.push(["0", graph.unknown, graph.words.ui.not_sure]);
  return { fact, text: words.ask, hint: words.hint, options };
}

function contactOf(graph, facts, purpose) {
  const scheme = facts.stated.scheme;
  return graph.contacts[`${purpose}/${scheme === graph.unknown ? "" : scheme}`];
}

export function fill(view, here) {
  document.getElementById("verdict").className = `verdict ${view.state}`;
  for (const name of ["sign", "word", "title", "summary", "dates", "assumed", "sure", "pay", "share", "claim"]) {
    text(name, view[name] ?? "");
  }
  for (const name of ["pay", "share", "claim", "contact", "rules"]) {
    document.querySelector(`[data-part="${name}"]`).hidden = !(view[name] ?? "").length;
  }
  for (const name of ["possible", "asides", "steps", "notes"]) {
    list(name, (view[name] ?? []).map((it) => document.createTextNode(it)));
  }
  for (const name of ["rules", "sources"]) list(name, (view[name] ?? []).map(([words, url]) => link(words, url)));
  const [name, phone, hours] = view.contact ?? ["", "", ""];
  text("contact", name);
  text("hours", hours);
  text("phone", phone);
  slot("phone").href = `tel:${phone.replaceAll("-", "")}`;
  const show = document.getElementById("show-link");
  show.hidden = !view.say;
  show.href = `${here}&show=both`;
  const form = document.getElementById("form-link");
  form.hidden = !view.form;
  form.href = `${here.replace("/desk?", "/form?")}&voice=desk`;
  ask(view.question);
}

function ask(question) {
  document.getElementById("ask").hidden = !question;
  text("question", question?.text ?? "");
  text("hint", question?.hint ?? "");
  const buttons = (question?.options ?? []).map(([key, value, words]) => {
    const button = Object.assign(document.createElement("button"), { type: "submit", name: question.fact, value });
    const sign = Object.assign(document.createElement("kbd"), { textContent: key, ariaHidden: "true" });
    button.append(sign, words);
    return button;
  });
  slot("options").replaceChildren(...buttons);
}

function text(name, words) {
  slot(name).textContent = words;
  slot(name).hidden = !words;
}

function list(name, contents) {
  slot(name).hidden = !contents.length;
  slot(name).replaceChildren(...contents.map((content) => {
    const item = document.createElement("li");
    item.append(content);
    return item;
  }));
}

function link(words, url) {
  return url ? Object.assign(document.createElement("a"), { href: url, rel: "noreferrer", textContent: words }) : words;
}
