// Puts the widget where its script tag stands: a frame with a title. Sets no cookie, stores nothing.

(() => {
  const TITLES = { ja: "窓口：このカードを持っていくと、どうなりますか", en: "Madoguchi: what happens if I bring this card?" };
  const HEIGHT = 640;
  const tag = document.currentScript;
  const lang = tag.dataset.lang === "en" ? "en" : "ja";
  const address = new URL(`${lang}/widget`, tag.src);
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = TITLES[lang];
  frame.lang = lang;
  frame.width = "100%";
  frame.height = HEIGHT;
  frame.referrerPolicy = "no-referrer";
  frame.style.border = "0";
  addEventListener("message", ({ source, origin, data }) => {
    const height = Number(data?.madoguchi?.height);
    if (source !== frame.contentWindow || origin !== address.origin || !(height > 0)) return;
    frame.height = Math.min(Math.max(height, HEIGHT / 2), 4 * HEIGHT);
  });
  tag.after(frame);
})();
