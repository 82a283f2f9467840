// "Nothing" and "not sure" stand alone: ticking one takes the other ticks away. Without this module the server asks again.

const ALONE = ["none", "unknown"];

document.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || target.name !== "presented" || !target.checked) return;
  for (const other of target.form.querySelectorAll("input[name=presented]:checked")) {
    if (other !== target && (ALONE.includes(target.value) || ALONE.includes(other.value))) other.checked = false;
  }
});
