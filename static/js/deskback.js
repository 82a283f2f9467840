// Escape leads from the search back to the desk, which it was opened from, with the facts as they stood.

const back = document.getElementById("back");
back.append("\u00a0", Object.assign(document.createElement("kbd"), { textContent: "Esc", ariaHidden: "true" }));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.repeat) return;
  event.preventDefault();
  back.click();
});
