// Walks the graph that assistant/conversation/deskgraph.py writes. There is no rule in here: the same walk as
// assistant/domain/decide.py, step by step, and a browser test compares the two.

export function decide(graph, facts) {
  const roots = rootsOn(graph, facts.day);
  if (!roots) return { kind: "not_confirmed" };
  if (!facts.presented.length) return { kind: "open", ask: "presented", leaves: withoutItems(graph, roots, facts) };
  const leaves = possible(graph, roots, facts);
  if (new Set(leaves.map((leaf) => leaf.decision.outcome)).size === 1) return { kind: "decision", ...leaves[0].decision };
  return { kind: "open", ask: nextQuestion(leaves, facts, graph.unknown), leaves };
}

// What the screen shows; the same as gist() in assistant/conversation/desk.py.
export function gist(graph, facts) {
  const verdict = decide(graph, facts);
  const standingOf = (leaf) => graph.outcomes[leaf.decision.outcome].standing;
  const nothing = { verdict, standing: "", leaf: null, possible: [], asides: [], ask: "" };
  if (verdict.kind === "not_confirmed") return nothing;
  if (verdict.kind === "decision") {
    const leaf = { given: {}, decision: verdict };
    return { ...nothing, standing: standingOf(leaf), leaf, possible: [leaf] };
  }
  const aside = facts.stated.scheme === graph.unknown;
  const ordinary = verdict.leaves.filter((leaf) => !(aside && graph.aside.includes(leaf.given.scheme)));
  const possibleNow = firstOfEach(ordinary);
  const standings = new Set(possibleNow.map(standingOf));
  const asides = aside ? graph.aside.map((scheme) => asideOf(verdict.leaves, scheme, standingOf)) : [];
  return {
    verdict,
    standing: standings.size === 1 ? [...standings][0] : "",
    leaf: possibleNow.length === 1 ? possibleNow[0] : null,
    possible: possibleNow,
    asides: asides.filter((it) => it.standings.length),
    ask: possibleNow.length === 1 ? "" : verdict.ask,
  };
}

function asideOf(leaves, scheme, standingOf) {
  const there = leaves.filter((leaf) => leaf.given.scheme === scheme);
  const outcomes = firstOfEach(there);
  const outcome = outcomes.length === 1 ? outcomes[0].decision.outcome : "";
  return { scheme, standings: [...new Set(there.map(standingOf))], outcome };
}

function firstOfEach(leaves) {
  const found = new Map();
  for (const leaf of leaves) if (!found.has(leaf.decision.outcome)) found.set(leaf.decision.outcome, leaf);
  return [...found.values()];
}

// The tables in force on a day, or nothing for a day that the graph does not hold.
export function rootsOn(graph, day) {
  if (day < graph.days[0] || day > graph.horizon) return null;
  let place = 0;
  while (place + 1 < graph.days.length && graph.days[place + 1] <= day) place += 1;
  return Object.fromEntries(graph.tables.map((name, index) => [name, graph.roots[place][index]]));
}

function possible(graph, roots, facts) {
  const assumed = Object.fromEntries(Object.entries(graph.assumed).filter(([fact]) => !(fact in facts.stated)));
  const leaves = [];
  explore(graph, roots, columnsOf(graph, facts), assumed, {}, leaves);
  return leaves;
}

function withoutItems(graph, roots, facts) {
  return graph.items.flatMap((item) =>
    possible(graph, roots, { ...facts, presented: [item] }).map(({ given, decision }) => ({
      given: { presented: item, ...given },
      decision,
    })),
  );
}

function columnsOf(graph, facts) {
  const columns = { ...graph.base };
  for (const item of facts.presented) columns[`has_${item}`] = "yes";
  for (const [fact, value] of Object.entries(facts.stated)) {
    if (value === graph.unknown) delete columns[fact];
    else columns[fact] = value;
  }
  if (facts.presented.includes("none")) {
    columns.shows = "nothing";
    columns.paper_of = "self";
  } else if ("holder" in columns) columns.paper_of = columns.holder;
  return columns;
}

// A fact that nobody stated, and that a table needs, forks the walk over its values.
function explore(graph, roots, columns, assumed, given, leaves) {
  const walk = evaluate(graph, roots, columns, assumed);
  if (!walk.missing) {
    leaves.push({ given, decision: walk });
    return;
  }
  const fact = factOf(graph, walk.missing);
  for (const value of graph.choices[fact]) {
    explore(graph, roots, { ...columns, [walk.missing]: value }, assumed, { ...given, [fact]: value }, leaves);
  }
}

function evaluate(graph, roots, columns, assumed) {
  const walk = { seen: { ...columns }, rows: [], used: new Set(), missing: "" };
  const outcome = result(graph, roots, graph.goal, walk);
  const notes = [];
  for (const [name, neutral] of Object.entries(graph.noteTables)) {
    const note = walk.missing ? "" : result(graph, roots, name, walk);
    if (!walk.missing && !neutral.includes(note)) notes.push(note);
  }
  if (walk.missing) return walk;
  const used = [...new Set([...walk.used].map((column) => factOf(graph, column)))];
  const leaning = Object.fromEntries(used.filter((fact) => fact in assumed).map((fact) => [fact, assumed[fact]]));
  return { outcome, rows: walk.rows, used, assumed: leaning, notes };
}

function result(graph, roots, name, walk) {
  let node = graph.nodes[roots[name]];
  while (node[0] >= 0) {
    const [column, values] = graph.columns[node[0]];
    const table = column in roots;
    if (walk.seen[column] === undefined) {
      if (!table) walk.missing = column;
      else result(graph, roots, column, walk);
      if (walk.missing) return "";
    } else if (!table) walk.used.add(column);
    node = graph.nodes[node[1 + values.indexOf(walk.seen[column])]];
  }
  walk.rows.push(node[1]);
  walk.seen[name] = graph.rows[node[1]][1];
  return walk.seen[name];
}

const factOf = (graph, column) => graph.factOf[column] ?? column;

function nextQuestion(leaves, facts, unknown) {
  const missing = [...new Set(leaves.flatMap((leaf) => Object.keys(leaf.given)))];
  const open = missing.filter((fact) => facts.stated[fact] !== unknown);
  const askable = open.length ? open : missing;
  const left = new Map(askable.map((fact) => [fact, leftOver(leaves, fact)]));
  return askable.reduce((best, fact) => (left.get(fact) < left.get(best) ? fact : best));
}

function leftOver(leaves, fact) {
  const values = [...new Set(leaves.filter((leaf) => fact in leaf.given).map((leaf) => leaf.given[fact]))];
  const sizes = values.map((value) => {
    const there = leaves.filter((leaf) => (leaf.given[fact] ?? value) === value);
    return new Set(there.map((leaf) => leaf.decision.outcome)).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}
