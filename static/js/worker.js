// Keeps the desk for days without a connection: its pages, its graph, what draws them, and the sheets that were seen.
// The network comes first; what is kept answers when it does not, and says so. Nothing else is kept.

const DESK = "desk-1";
const SHEETS = "sheets-1";
const MOST_SHEETS = 20;
const PATIENCE = 5000;
const STATIC = [
  ...["tokens", "site", "desk", "print"].map((name) => `/static/css/${name}.css`),
  ...["aids", "desk", "deskdialogs", "deskkeys", "deskview", "graph", "offline"].map((name) => `/static/js/${name}.js`),
  "/static/icon.svg",
  "/static/manifest.webmanifest",
];
const PAGES = ["/ja/desk", "/en/desk", "/ja/desk.json", "/en/desk.json"];

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([...PAGES, ...STATIC].map(renew)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (PAGES.includes(url.pathname) && !url.searchParams.has("show")) {
    event.respondWith(networkFirst(event, DESK, url.pathname, url.search === ""));
  } else if (url.pathname.startsWith("/static/")) event.respondWith(networkFirst(event, DESK, plainName(url.pathname), true));
  else if (/^\/(?:ja|en)\/sheet/.test(url.pathname)) {
    event.respondWith(networkFirst(event, SHEETS, url.pathname + url.search, true));
  }
});

// Pages link files by what they hold; kept is one of each name.
const plainName = (path) => path.replace(/^\/static\/[0-9a-f]{10}\//, "/static/");

// A desk page with a query shows a verdict; only the plain page is kept, and the module decides what the query says.
async function networkFirst(event, name, key, plain) {
  const kept = await (await caches.open(name)).match(key);
  try {
    const response = await fetch(event.request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (kept && response.status >= 500) return marked(kept);
    if (response.ok) event.waitUntil(plain ? keep(name, key, response.clone()) : renew(key));
    return response;
  } catch (trouble) {
    if (kept) return marked(kept);
    throw trouble;
  }
}

async function renew(path) {
  const response = await fetch(path);
  if (response.ok) await keep(DESK, path, response);
}

async function keep(name, key, response) {
  const cache = await caches.open(name);
  await cache.put(key, await withHeader(response, "X-Kept-On", Date.now()));
  if (name === SHEETS) {
    const sheets = await cache.keys();
    await Promise.all(sheets.slice(0, Math.max(0, sheets.length - MOST_SHEETS)).map((old) => cache.delete(old)));
  }
}

const marked = (response) => withHeader(response, "X-Offline", 1);

async function withHeader(response, name, value) {
  const headers = new Headers(response.headers);
  headers.set(name, String(value));
  return new Response(await response.blob(), { status: response.status, headers });
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![DESK, SHEETS].includes(name)).map((name) => caches.delete(name)));
}
