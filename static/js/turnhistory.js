// One history entry for each turn, so that Back undoes one and Forward brings it back. An entry holds a number: what was
// said stays in this page alone. An entry that this page knows nothing of is asked of the server, by the codes in its address.

const turns = document.getElementById("turns");
const facts = document.getElementById("facts");

const first = history.state?.turn ?? 0;
const past = [];
let now = 0;

/** Returns the links outside the conversation that lead back to it. */
export function links() {
  return [...document.querySelectorAll("a[hreflang], .aids a")].filter((link) => !turns.contains(link));
}

function moment(more) {
  return { title: document.title, facts: [...facts.children], links: links().map((link) => link.href), ...more };
}

/** Makes an entry of the turn that has just been shown; `swaps` are pairs of what stands in the place of what. */
export function note(here, title, items, swaps, begun) {
  if (parent !== window) {
    // In somebody else's page Back is that page's.
    history.replaceState(history.state, "", here);
    document.title = title;
    return;
  }
  past.length = now + 1;
  now += 1;
  history.pushState({ turn: first + now }, "", here);
  // After a reload the page is a shorter one: the place on this would be the middle of the answer.
  history.scrollRestoration = "manual";
  document.title = title;
  past.push(moment({ items, swaps, begun }));
}

function go(to) {
  for (; now > to; now -= 1) {
    for (const item of past[now].items) item.remove();
    for (const [stand, it] of past[now].swaps) stand.replaceWith(it);
  }
  while (now < to) {
    now += 1;
    for (const [stand, it] of past[now].swaps) it.replaceWith(stand);
    turns.append(...past[now].items);
  }
  document.title = past[now].title;
  facts.replaceChildren(...past[now].facts);
  links().forEach((link, nth) => { link.href = past[now].links[nth]; });
}

/** Begins with the page as it is; `leave` is called before a return to another turn, `arrive` after it. */
export function begin(begun, leave, arrive) {
  past.push(moment({ items: [], swaps: [], begun }));
  history.replaceState({ turn: first }, "");
  addEventListener("popstate", ({ state }) => {
    const to = (state?.turn ?? first + now) - first;
    // A jump to a place within the page makes an entry without a number.
    if (!state) history.replaceState({ turn: first + now }, "");
    if (to === now) return;
    leave();
    if (!past[to]) {
      location.reload();
      return;
    }
    go(to);
    arrive(past[to].begun);
  });
}
