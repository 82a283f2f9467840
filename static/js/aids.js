// Reads the page aloud where the browser can speak. Nothing is stored here.

const holder = document.querySelector("[data-read-aloud]");
const button = holder?.querySelector("button");

if (button && "speechSynthesis" in window) {
  const start = button.textContent;
  holder.hidden = false;
  const idle = () => (button.textContent = start);
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      idle();
      return;
    }
    const main = document.getElementById("main").cloneNode(true);
    for (const silent of main.querySelectorAll("rt, rp, sup, .unseen, form, [hidden]")) silent.remove();
    const speech = new SpeechSynthesisUtterance(main.textContent.replace(/\s+/g, " ").trim());
    speech.lang = document.documentElement.lang;
    speech.onend = idle;
    speechSynthesis.speak(speech);
    button.textContent = button.dataset.stop;
  });
}
