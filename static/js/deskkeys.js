// Single keys of the desk: a key is the text of the <kbd> in its control (web/desk/tiles.py). They rest while a field
// that takes text has the focus, and can be switched off.

const STORED = "desk-keys";
const TEXT = "input[type=date], input[type=search], textarea, select";

const shown = document.getElementById("shown");
const others = document.getElementById("others");
const ask = document.getElementById("ask");
const box = document.getElementById("keys");

function byKey(scope, key) {
  const marks = [...scope.querySelectorAll("kbd")].filter((it) => it.textContent.trim() === key);
  return marks.map((it) => it.closest("label")?.querySelector("input") ?? it.closest("button, a, summary"))[0];
}

function press(control) {
  if (control?.matches("input, summary")) control.focus();
  control?.click();
}

function digit(key, more, nextPatient) {
  if (others.open) {
    press(byKey(others.querySelector(".tiles"), key));
    others.open = false;
    others.querySelector("summary").focus();
  } else if (!ask.hidden && !more) press(byKey(ask, key));
  else {
    if (!more) nextPatient();
    press(byKey(shown, key));
  }
}

function keyOf(event) {
  const plain = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (plain) return plain[1];
  if (["?", "/"].includes(event.key)) return event.key;
  if (event.code === "Slash") return event.shiftKey ? "?" : "/"; // a Japanese input method hides the key
  const letter = /^Key([A-Z])$/.exec(event.code);
  return letter ? letter[1] : event.key;
}

function single(event, form, actions) {
  const key = keyOf(event);
  if (/^\d$/.test(key)) return digit(key, event.shiftKey, actions.nextPatient);
  if (key === "/") location.assign(form.dataset.search);
  else if (key === "?") actions.help();
  else if (event.shiftKey) return false;
  else if (key === "Backspace") return actions.undo();
  else if (key === "P") document.getElementById("show-link").click();
  else if (key === "B") actions.basis();
  else {
    const tile = byKey(form, key);
    if (!tile?.matches("[type=radio], #reader button")) return false;
    press(tile);
  }
  return true;
}

function escape(actions) {
  const open = document.querySelector("details.over[open]");
  if (!open) return actions.clear();
  open.open = false;
  return open.querySelector("summary").focus();
}

export function listen(form, actions) {
  box.checked = remembered() !== "off";
  box.disabled = false;
  form.classList.toggle("with-keys", box.checked);
  box.addEventListener("change", () => {
    remember(box.checked ? "on" : "off");
    form.classList.toggle("with-keys", box.checked);
  });
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") escape(actions);
    else if (target.closest?.(TEXT)) return;
    else if (event.key === "Enter") {
      if (target.closest("a, button, summary, input")) return; // what has the focus answers itself
      actions.advance();
    } else if (!box.checked || event.repeat || single(event, form, actions) === false) return;
    event.preventDefault();
  });
}

function remembered() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function remember(code) {
  try {
    localStorage.setItem(STORED, code);
  } catch {
    // without storage the choice lasts as long as the page
  }
}
