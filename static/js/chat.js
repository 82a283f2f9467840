// Appends turns to the page instead of loading it anew. Without this module the same form works by full pages.

const form = document.getElementById("chat");
const log = document.getElementById("log");
const turns = document.getElementById("turns");
const facts = document.getElementById("facts");
const text = document.getElementById("text");
const trouble = document.getElementById("trouble");
const copied = document.getElementById("copied");
const site = document.title.split(" – ").pop();
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

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
  for (const chips of turns.querySelectorAll(".understood")) chips.remove();
}

function wordsOf(sent) {
  const chosen = [...sent.querySelectorAll("fieldset input:checked")].map((input) => input.parentElement.textContent.trim());
  return chosen.join(", ");
}

async function send(sent, said, submitter) {
  const body = new URLSearchParams(new FormData(sent));
  if (submitter && submitter.name) body.set(submitter.name, submitter.value);
  const response = await fetch(sent.action, { method: "POST", body, headers: { "X-Turn": "1" } });
  if (response.status !== 200) return false;
  const reply = fragment(await response.text());
  settle();
  log.hidden = false;
  document.getElementById("again").hidden = false;
  for (const before of document.querySelectorAll("[data-before], .lead")) before.hidden = true;
  if (said) append("said", said);
  const item = append("reply", reply);
  const next = item.querySelector("[data-facts]");
  if (next) facts.replaceChildren(...next.children);
  reveal(item);
  const target = item.querySelector("legend h2, .verdict-title, h2") ?? item;
  document.title = `${target.textContent.trim()} – ${site}`;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start", behavior: reduced.matches ? "auto" : "smooth" });
  return true;
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
  const ours = sent === form || turns.contains(sent);
  const empty = sent === form && !text.value.trim();
  const unanswered = sent.classList.contains("question") && !sent.querySelector("input:checked");
  if (!ours || empty || unanswered) return; // the page itself says what is missing
  event.preventDefault();
  trouble.hidden = true;
  const said = sent === form ? text.value.trim() : wordsOf(sent);
  try {
    if (!(await send(sent, said, event.submitter))) throw new Error("refused");
    if (sent === form) text.value = "";
  } catch {
    trouble.hidden = false;
  }
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
