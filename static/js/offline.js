// Says how far a copy without a connection may be trusted. The day in Japan is read here and nowhere else in the browser.

import { dayInWords, filled } from "./deskview.js";

const DAY = 24 * 3600 * 1000;
const LIMIT = 30;

export function dayInJapan(now) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date(now));
}

// The graph with the time it was last fetched from the server; the worker stamps what it kept.
export async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  const offline = response.headers.get("X-Offline") === "1";
  return { graph: await response.json(), offline, renewed: Number(response.headers.get("X-Kept-On")) || Date.now() };
}

// The words with which no decision is made, or nothing.
export function refusal({ graph, offline, renewed }, facts, now) {
  const { ui } = graph.words;
  const say = (pattern, day) => filled(pattern, { day: dayInWords(day, graph.lang) });
  if (offline && dayInJapan(now) > graph.horizon) return say(ui.ended, graph.horizon);
  if (now - renewed > LIMIT * DAY) return say(ui.too_old, dayInJapan(renewed));
  if (offline && facts.day < graph.made) return say(ui.past, graph.made);
  return "";
}

export function strip({ graph, offline }) {
  const day = dayInWords(graph.made, graph.lang);
  return offline ? filled(graph.words.ui.offline, { day, version: graph.version }) : "";
}
