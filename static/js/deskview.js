// Fills the slots of the desk page from a verdict of graph.js: what assistant/web/desk/view_model.py does on the server.

import { firstOfEach, helps, settle, toldApart } from "./graph.js";

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
  const { leaf, ask, awaited } = brief;
  let view = leaf ? settled(graph, facts, leaf.decision) : undecided(graph, facts, brief);
  if (awaited) view = { ...beforeTheResult(graph, leaf, view), ...waiting(graph, facts, brief) };
  return {
    ...view,
    asides: asidesOf(graph, brief),
    question: ask ? questionOf(graph, facts, brief) : null,
    final: Boolean(leaf && !ask && !awaited),
  };
}

function asidesOf(graph, { leaf, otherwise }) {
  const kind = leaf ? graph.outcomes[leaf.decision.outcome].standing : "";
  const byValue = new Map();
  for (const { fact, value, standing } of otherwise.filter((it) => it.standing !== kind)) {
    const label = graph.facts[fact].values[value];
    byValue.set(label, [...(byValue.get(label) ?? []), graph.words.standings[standing]]);
  }
  return [...byValue].map(([label, standings]) => `${label}: ${standings.join(" / ")}`);
}

// What is still possible, under the question or, when there is none left, with what helps either way.
function undecided(graph, facts, { ask, branches, cases }) {
  const { ui } = graph.words;
  const leaves = firstOfEach(branches.length ? branches : toldApart(cases));
  const possible = leaves.map((leaf) => given(graph, leaf) + told(graph, leaf));
  if (ask) return { ...open, word: ui.open, summary: ui.open_more, possible };
  const steps = eitherWay(graph, facts, branches);
  return { ...open, word: ui.either, summary: ui.either_more, possible, steps };
}

const open = { state: "open", sign: "？" };

function given(graph, leaf) {
  const on = Object.entries(leaf.given).map(([fact, value]) => `${graph.facts[fact].label}: ${graph.facts[fact].values[value]}`);
  return on.length ? `${on.join("; ")} → ` : "";
}

function told(graph, { decision }) {
  const outcome = graph.outcomes[decision.outcome];
  return `${graph.words.standings[outcome.standing]}: ${outcome.title[graph.lang]}`;
}

function eitherWay(graph, facts, branches) {
  const { ui } = graph.words;
  const missing = [...new Set(branches.flatMap((leaf) => Object.keys(leaf.given)))].map((fact) => graph.facts[fact]);
  const items = helps(graph, facts).map((item) => graph.facts.presented.values[item]);
  return [
    filled(ui.either_find, { what: missing.map((it) => it.label).join(" / ") }),
    ...missing.map((it) => it.hint).filter(Boolean),
    ...items.map((item) => filled(ui.either_bring, { item })),
    filled(ui.either_ask, { contact: contactOf(graph, facts, "insurer").filter(Boolean).join("; ") }),
  ];
}

// What each answer of the check will lead to; nobody is let in before there is one.
function waiting(graph, facts, { ask }) {
  const { ui } = graph.words;
  const ends = new Map();
  for (const value of graph.choices[graph.check]) {
    const found = settle(graph, { ...facts, stated: { ...facts.stated, [graph.check]: value } });
    const asked = found.ask ? filled(ui.then_asked, { question: graph.facts[found.ask].ask }) : ui.either;
    const end = found.leaf ? told(graph, found.leaf) : asked;
    ends.set(end, [...(ends.get(end) ?? []), graph.facts[graph.check].values[value]]);
  }
  const possible = [...ends].map(([end, values]) => `${values.join(" / ")} → ${end}`);
  const contact = ask ? undefined : contactOf(graph, facts, "insurer");
  return { ...open, word: ui.awaited, summary: ui.awaited_more, possible, contact };
}

// How to get the result and what that rests on; the patient is told no title, which would be a promise.
function beforeTheResult(graph, leaf, { steps, dates, assumed, sure, rules, sources, say }) {
  const { standing, reads } = graph.outcomes[leaf.decision.outcome];
  const asked = standing === "insured" && reads ? { say: { ja: ["", say.ja[1]], en: ["", say.en[1]] } } : {};
  return { steps, dates, assumed, sure, rules, sources, ...asked };
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
    state: outcome.banner === "expected" ? "discretion" : outcome.standing,
    sign: words.signs[outcome.banner],
    word: words.standings[outcome.banner],
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

// Before a card is read: what the reader shows, whose tiles answer more than one fact.
function questionOf(graph, facts, { ask, awaited }) {
  const { ui, readings, readerTells } = graph.words;
  const unsure = [graph.unknown, ui.not_sure];
  if (awaited && readerTells.includes(ask) && toBeRead(graph, facts)) {
    return { fact: "reader", text: ui.reader, hint: "", options: numbered(graph, [...readings, unsure]) };
  }
  const words = graph.facts[ask];
  const options = graph.choices[ask].map((value) => [value, words.values[value]]);
  if (facts.stated[ask] !== graph.unknown) options.push(unsure);
  return { fact: ask, text: words.ask, hint: words.hint, options: numbered(graph, options) };
}

function numbered(graph, options) {
  return options.map(([value, label], place) => [value === graph.unknown ? "0" : String(place + 1), value, label]);
}

function toBeRead(graph, facts) {
  const here = facts.stated.facility === "online" && facts.presented.some((it) => graph.words.readable.includes(it));
  return here && !readingOf(facts);
}

// Which of the reader's tiles the facts amount to.
export function readingOf({ stated }) {
  if (stated.card_condition === "unreadable") return stated.card_condition;
  return stated.registration === "not_registered" ? stated.registration : stated.check_result ?? "";
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
  for (const name of ["pay", "share", "claim", "contact", "rules", "say"]) {
    document.querySelector(`[data-part="${name}"]`).hidden = !Object.keys(view[name] ?? "").length;
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
  for (const [page, wanted] of [["form", view.form], ["sheet", view.state !== "open"]]) {
    const link = document.getElementById(`${page}-link`);
    link.hidden = !wanted;
    link.href = `${here.replace("/desk?", `/${page}?`)}&voice=desk`;
  }
  for (const lang of ["ja", "en"]) {
    const [title, say] = view.say?.[lang] ?? ["", ""];
    text(`title-${lang}`, title);
    text(`say-${lang}`, say);
  }
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
