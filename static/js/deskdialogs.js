// The desk's two dialogs, the basis, and the buttons around them.

const by = (id) => document.getElementById(id);

// The patient's text, very large, in one language or both.
function show(say, wanted) {
  for (const part of by("show").querySelectorAll(".patient")) {
    const [title, words] = say[part.lang];
    part.querySelector(".show-title").textContent = title;
    part.querySelector(".show-title").hidden = !title;
    part.querySelector(".show-say").textContent = words;
    part.hidden = wanted !== "both" && wanted !== part.lang;
  }
  for (const button of by("show").querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === wanted));
  }
  by("tongues-link").href = by("show-link").href; // the page itself, which has every language
  if (!by("show").open) by("show").showModal();
}

export function wire(current, clear) {
  by("show-link").addEventListener("click", (event) => {
    event.preventDefault();
    if (current()?.say) show(current().say, "both");
  });
  for (const button of by("show").querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => show(current().say, button.dataset.show));
  }
  for (const button of document.querySelectorAll("dialog [data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  by("clear").addEventListener("click", (event) => {
    event.preventDefault();
    clear();
  });
  const help = () => by("keys-list").showModal();
  by("desk").classList.add("ready");
  by("help").addEventListener("click", help);
  const basis = () => {
    by("basis").open = !by("basis").open;
    if (by("basis").open && !by("basis").hidden) by("basis").querySelector("summary").focus();
  };
  return { help, basis };
}
