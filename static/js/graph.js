// Walks the graph that assistant/presentation/desk_graph.py writes. There is no rule in here: the same walk as
// assistant/domain/decide.py and assistant/answers/settling.py, step by step, and a browser test compares the two.

// What the screen shows: settle() in assistant/answers/settling.py, in the desk's voice, step by step.
export function settle(graph, facts) {
  const nothing = { leaf: null, taken: {}, ask: "", otherwise: [], branches: [], cases: [], confirmed: true, awaited: false };
  const roots = rootsOn(graph, facts.day);
  if (!roots) return { ...nothing, confirmed: false };
  if (!facts.presented.length) return { ...nothing, ask: "presented" };
  const cases = possible(graph, roots, untaken(graph, facts), ordinary(graph, facts));
  const ask = mostTelling(graph, cases, facts);
  const otherwise = otherwiseOf(graph, roots, facts, cases);
  if (new Set(cases.map((leaf) => standingOf(graph, leaf))).size > 1) {
    const aside = otherwise.filter((it) => it.fact === "scheme");
    return { ...nothing, ask, otherwise: aside, branches: ask ? [] : branchesOf(graph, cases), cases };
  }
  const [leaf] = cases;
  const turning = new Set(otherwise.map((it) => it.fact));
  const taken = Object.fromEntries(Object.entries(leaf.given).filter(([fact]) => turning.has(fact)));
  const known = otherwise.find((it) => graph.known.includes(it.fact) && facts.stated[it.fact] !== graph.unknown);
  const awaited = waits(graph, facts, taken, graph.outcomes[leaf.decision.outcome]);
  return { ...nothing, leaf, taken, ask: ask || (known?.fact ?? ""), otherwise, cases, awaited };
}

// The desk would go ahead on an enquiry that nobody has made.
function waits(graph, { stated }, taken, { standing, registers }) {
  return graph.check in taken && graph.goAhead.includes(standing) && !registers && stated.urgent !== "yes";
}

// The items that, brought as well, make it an insured visit whatever is not known now.
export function helps(graph, facts) {
  const others = graph.helps.filter(([item]) => !facts.presented.includes(item));
  return others.filter(([item, state]) => {
    const presented = [...facts.presented.filter((it) => it !== "none"), item];
    const { leaf } = settle(graph, { ...facts, presented, stated: { ...facts.stated, ...state } });
    return leaf && standingOf(graph, leaf) === "insured";
  }).map(([item]) => item);
}

const standingOf = (graph, leaf) => graph.outcomes[leaf.decision.outcome].standing;

// The fact, not yet called unknown, that leaves the fewest standings, then the fewest outcomes; or nothing.
function mostTelling(graph, leaves, facts) {
  const missing = [...new Set(leaves.flatMap((leaf) => Object.keys(leaf.given)))];
  let best = null;
  for (const fact of missing.filter((it) => facts.stated[it] !== graph.unknown)) {
    const ends = endsOf(leaves, fact);
    if (!apart(ends)) continue;
    const kinds = ends.map((there) => new Set(there.map((end) => graph.outcomes[end].standing)).size);
    const left = [mean(kinds), mean(ends.map((there) => there.length))];
    if (!best || left[0] < best.left[0] || (left[0] === best.left[0] && left[1] < best.left[1])) best = { fact, left };
  }
  return best?.fact ?? "";
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const apart = (ends) => new Set(ends.map((there) => [...there].sort().join())).size > 1;

function endsOf(leaves, fact) {
  const values = [...new Set(leaves.filter((leaf) => fact in leaf.given).map((leaf) => leaf.given[fact]))];
  return values.map((value) => {
    const there = leaves.filter((leaf) => (leaf.given[fact] ?? value) === value);
    return [...new Set(there.map((leaf) => leaf.decision.outcome))];
  });
}

function otherwiseOf(graph, roots, facts, [chosen]) {
  const found = [];
  for (const [fact, taken] of Object.entries(chosen.given)) {
    for (const value of graph.choices[fact].filter((it) => it !== taken)) {
      const turned = { ...facts, stated: { ...facts.stated, ...chosen.given, [fact]: value } };
      const first = new Map();
      for (const leaf of possible(graph, roots, turned, usual(graph, turned))) {
        const kind = standingOf(graph, leaf);
        if (!first.has(kind)) first.set(kind, leaf.decision.outcome);
      }
      for (const [standing, outcome] of first) {
        if (outcome !== chosen.decision.outcome) found.push({ fact, value, standing, outcome });
      }
    }
  }
  return found;
}

function usual(graph, facts) {
  return facts.stated.urgent === "yes" ? { ...graph.ordinary, ...graph.urgent } : graph.ordinary;
}

function ordinary(graph, facts) {
  if (!doubted(graph, facts)) return usual(graph, facts);
  return Object.fromEntries(Object.entries(usual(graph, facts)).filter(([fact]) => fact !== graph.change));
}

// The enquiry speaks against the patient and nobody knows of a change of insurance: none is taken for granted.
function doubted(graph, { stated }) {
  return graph.against.includes(stated.check_result) && (stated[graph.change] ?? graph.unknown) === graph.unknown;
}

function untaken(graph, facts) {
  return doubted(graph, facts) ? { ...facts, stated: { ...facts.stated, [graph.change]: graph.unknown } } : facts;
}

// The leaves with only what makes a difference among them.
export function toldApart(leaves) {
  const facts = new Set(leaves.flatMap((leaf) => Object.keys(leaf.given)));
  const telling = new Set([...facts].filter((fact) => apart(endsOf(leaves, fact))));
  return leaves.map((leaf) => ({
    given: Object.fromEntries(Object.entries(leaf.given).filter(([fact]) => telling.has(fact))),
    decision: leaf.decision,
  }));
}

function branchesOf(graph, leaves) {
  const bare = toldApart(leaves);
  const kinds = new Map();
  for (const leaf of bare) if (!kinds.has(standingOf(graph, leaf))) kinds.set(standingOf(graph, leaf), leaf);
  const chosen = new Set([...kinds.values(), ...firstOfEach(bare)]);
  return [...chosen].slice(0, 3).sort((one, other) => bare.indexOf(one) - bare.indexOf(other));
}

export function firstOfEach(leaves) {
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

function possible(graph, roots, facts, within) {
  const assumed = Object.fromEntries(Object.entries(graph.assumed).filter(([fact]) => !(fact in facts.stated)));
  const leaves = [];
  explore(graph, roots, columnsOf(graph, facts), assumed, {}, within, leaves);
  return leaves;
}

function columnsOf(graph, facts) {
  const columns = { ...graph.base };
  for (const item of facts.presented) columns[`has_${item}`] = "yes";
  for (const [fact, value] of Object.entries(facts.stated)) {
    if (value !== graph.unknown) columns[fact] = value;
    else delete columns[fact];
  }
  if (facts.presented.includes("none")) {
    columns.shows = "nothing";
    columns.paper_of = "self";
  }
  if (facts.stated.age_band === graph.unknown) delete columns.turned_75;
  for (const fact of ["holder", "age_band"]) {
    if (fact in columns) Object.assign(columns, follow(graph, fact, columns[fact], facts.presented));
  }
  return columns;
}

// The columns that follow from a fact: `_follow` in assistant/domain/columns.py.
function follow(graph, fact, value, presented) {
  if (fact === "age_band") return { turned_75: graph.from75.includes(value) ? "yes" : "no" };
  if (fact !== "holder" || presented.includes("none")) return {};
  const lent = presented.filter((item) => graph.papers.includes(item));
  const beside = value === "other" && lent.length > 0 && presented.some((item) => graph.own.includes(item));
  const told = beside ? "no" : "yes";
  const of = { paper_of: beside ? "self" : value, lent: beside ? "yes" : "no" };
  return { ...of, ...Object.fromEntries(lent.map((item) => [`has_${item}`, told])) };
}

// A fact that nobody stated, and that a table needs, forks the walk over its values.
function explore(graph, roots, columns, assumed, given, within, leaves) {
  const walk = evaluate(graph, roots, columns, assumed);
  if (!walk.missing) {
    leaves.push({ given, decision: walk });
    return;
  }
  const fact = factOf(graph, walk.missing);
  for (const value of within[fact] ?? graph.choices[fact]) {
    const presented = graph.items.filter((item) => columns[`has_${item}`] === "yes");
    const known = { ...columns, [walk.missing]: value, ...follow(graph, fact, value, presented) };
    explore(graph, roots, known, assumed, { ...given, [fact]: value }, within, leaves);
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
