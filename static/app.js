// What a page gains where scripts run: search as you type, keys, live updates, copy buttons. Every page works without.

// Live updates -------------------------------------------------------------------------------------------------

const live = document.body.dataset.live;
let generation = document.body.dataset.generation;
let events = null;

function concerns(paths) {
  return live === "all" || paths === null || paths.includes(live);
}

function heard(message) {
  const news = JSON.parse(message.data);
  if (news.generation === generation) return;
  if (message.type === "change" && !concerns(news.paths)) {
    generation = news.generation;
    return;
  }
  renew(news.generation);
}

// A browser keeps few connections to one host: only the page in front holds one.
function follow() {
  if (document.hidden) {
    events?.close();
    events = null;
  } else if (events === null) {
    events = new EventSource("/events");
    events.addEventListener("hello", heard);
    events.addEventListener("change", heard);
  }
}

async function renew(to) {
  const main = document.querySelector("main");
  if (showsResults()) {
    if (pause !== 0) return;
    kept.clear();
    await show(here(), "renew");
    generation = to;
    return;
  }
  if (field !== null && main.contains(field) && field.value !== "") return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (answer === null) return;
  if (answer.status === 404) {
    generation = to;
    say("This document is no longer in the knowledge base.");
    return;
  }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("main");
  if (next === null) return;
  generation = page.body.dataset.generation;
  if (next.innerHTML === main.dataset.served) return;
  swap(main, next);
  document.title = page.title;
  say("Updated");
}

function swap(main, next) {
  const folds = [...main.querySelectorAll("details")].map((fold) => fold.open);
  const focused = document.activeElement?.id;
  const place = [scrollX, scrollY];
  const served = next.innerHTML;
  main.replaceChildren(...next.childNodes);
  main.dataset.served = served;
  const nextFolds = [...main.querySelectorAll("details")];
  if (nextFolds.length === folds.length) nextFolds.forEach((fold, i) => (fold.open = folds[i]));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  scrollTo({ left: place[0], top: place[1], behavior: "instant" });
  dress(main);
  followReading(main);
  linkPassages(main);
}

let hide;
function say(text) {
  const toast = document.getElementById("ris-toast");
  toast.textContent = text;
  clearTimeout(hide);
  hide = setTimeout(() => (toast.textContent = ""), 3000);
}

// Copy buttons -------------------------------------------------------------------------------------------------

function dress(root) {
  for (const pre of root.querySelectorAll("pre:has(> code):not(.pointed)")) {
    const frame = document.createElement("div");
    const button = document.createElement("button");
    frame.className = "copyable";
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const done = await copy(pre);
      say(done ? "Copied" : "The browser does not allow copying; the text is selected.");
      button.textContent = done ? "Copied" : "Copy";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    pre.replaceWith(frame);
    frame.append(pre, button);
  }
}

// The passage being read ---------------------------------------------------------------------------------------

let reading = null;

// Marks the section in the contents that is that of the last heading above the upper third of the window.
function followReading(root) {
  reading?.disconnect();
  const pairs = [...root.querySelectorAll(".contents a")].map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]);
  const known = pairs.filter(([heading]) => heading?.closest(".document-body"));
  let current = null;
  const look = () => {
    const above = known.filter(([heading]) => heading.getBoundingClientRect().top < innerHeight / 3);
    const next = (above.at(-1) ?? known[0])[1];
    if (next === current) return;
    current?.removeAttribute("aria-current");
    next.setAttribute("aria-current", "location");
    current = next;
    const frame = next.closest(".contents");
    frame.scrollTop = next.offsetTop - frame.clientHeight / 2;
  };
  reading = new IntersectionObserver(look, { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
  known.forEach(([heading]) => reading.observe(heading));
}

async function copyLink(url) {
  const copied = await navigator.clipboard?.writeText(new URL(url, location).href).then(() => true, () => false);
  if (copied) say("Link copied");
  else location.href = url;
}

// One button stands beside the passage that is pointed at; a heading has its link.
function linkPassages(root) {
  const body = root.querySelector(".document-body");
  if (body === null) return;
  const button = document.createElement("button");
  let passage = null;
  button.className = "copy-link";
  button.textContent = "Copy link";
  button.title = "Copy link to this passage";
  button.hidden = true;
  body.append(button);
  body.addEventListener("pointerover", ({ target }) => {
    if (target === button) return;
    passage = target.closest(".prose [data-line]");
    button.hidden = passage === null;
    if (passage === null) return;
    const [frame, box] = [body.getBoundingClientRect(), passage.getBoundingClientRect()];
    button.style.top = `${box.top - frame.top - 4}px`;
    button.style.right = `${frame.right - box.right}px`;
  });
  body.addEventListener("pointerleave", () => (button.hidden = true));
  body.addEventListener("click", ({ target }) => {
    if (target === button) copyLink(`${location.pathname}?line=${passage.dataset.line}#ris-passage`);
    else if (target.closest("a.anchor") && navigator.clipboard) copyLink(target.closest("a.anchor").href);
  });
}

// Search as you type -------------------------------------------------------------------------------------------

const PAUSE = 80;
const SETTLED = 1500;
const MOST_KEPT = 40;

const field = document.getElementById("ris-q");
const form = document.getElementById("ris-search");
const home = document.getElementById("ris-home");
const titles = { home: document.title, site: document.querySelector(".brand span").textContent };
const kept = new Map();
let pause = 0;
let request = null;
let settled = true;
let settling = 0;

function here() {
  return location.pathname + location.search;
}

function showsResults() {
  return form !== null && location.pathname === "/search";
}

// The address of what the form asks for.
function asked(source, base) {
  const pairs = [...new FormData(source)].filter(([, value]) => value.trim() !== "");
  const query = new URLSearchParams(pairs).toString();
  return query === "" ? base : `/search?${query}`;
}

function typed(event) {
  if (event.isComposing) return;
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE);
}

function search() {
  clearTimeout(pause);
  pause = 0;
  const url = asked(form, home === null ? "/search" : "/");
  if (url === "/") showHome("typing");
  else show(url, "typing");
}

// Shows the results at `url`. `how`: "typing" is one step in the history until the search has settled, "push" is a
// step, "pop" is where the history has gone, "renew" is the same search over changed documents.
async function show(url, how) {
  request?.abort();
  const mine = (request = new AbortController());
  document.getElementById("ris-results").setAttribute("aria-busy", "true");
  const text = (how === "pop" && kept.get(url)) || (await ask(url, how, mine.signal));
  if (mine.signal.aborted) return;
  document.getElementById("ris-results").removeAttribute("aria-busy");
  if (text === null) return;
  const next = new DOMParser().parseFromString(text, "text/html").getElementById("ris-results");
  if (how !== "renew") remember(next.dataset.url, how);
  keep(next.dataset.url, text);
  put(next);
  if (how === "push" || how === "pop") field.value = new URL(next.dataset.url, location).searchParams.get("q") ?? "";
  if (how !== "renew") document.getElementById("ris-said").textContent = next.dataset.said;
}

async function ask(url, how, signal) {
  const answer = await fetch(url.replace("/search", "/search/fragment"), { signal }).catch(() => null);
  if (answer?.ok) return answer.text().catch(() => null);
  if (signal.aborted) return null;
  if (how === "push") location.assign(url);
  else say("The server does not answer; these results may be old.");
  return null;
}

function remember(url, how) {
  clearTimeout(settling);
  if (how === "pop") {
    settled = true;
    return;
  }
  if (url !== here()) {
    if (how === "push" || settled) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  }
  settled = how === "push";
  settling = setTimeout(() => (settled = true), SETTLED);
}

function keep(url, text) {
  kept.delete(url);
  kept.set(url, text);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
}

// Puts results in place; what is folded open stays open, what has the focus keeps it.
function put(next) {
  const old = document.getElementById("ris-results");
  for (const fold of old.querySelectorAll("details[data-key][open]")) {
    const same = next.querySelector(`details[data-key="${CSS.escape(fold.dataset.key)}"]`);
    if (same !== null) same.open = true;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(next);
  document.title = `${next.dataset.title} · ${titles.site}`;
  document.body.classList.replace("page-home", "page-search");
  if (home !== null) home.hidden = true;
  if (focused === null) return;
  const paging = focused.rel === "next" || focused.rel === "prev";
  const same = paging ? ".hit-title a" : samePlace(focused);
  const target = next.querySelector(same) ?? next.querySelector(".hits");
  target?.focus({ preventScroll: !paging });
  if (paging) form.scrollIntoView({ block: "start", behavior: "instant" });
}

function samePlace(node) {
  if (node.dataset.key) return `[data-key="${CSS.escape(node.dataset.key)}"]`;
  const href = node.getAttribute("href");
  return href === null ? ".hits" : `.hit a[href="${CSS.escape(href)}"]`;
}

function showHome(how) {
  request?.abort();
  if (how !== "pop") remember("/", how);
  document.getElementById("ris-results").replaceChildren();
  document.body.classList.replace("page-search", "page-home");
  home.hidden = false;
  document.title = titles.home;
  if (how === "pop") field.value = "";
}

function travelled() {
  clearTimeout(pause);
  pause = 0;
  if (showsResults()) show(here(), "pop");
  else if (home !== null && location.pathname === "/") showHome("pop");
  else location.reload();
}

function submitted(event) {
  const days = event.target.matches(".days");
  if (event.target !== form && !days) return;
  event.preventDefault();
  clearTimeout(pause);
  pause = 0;
  const url = asked(event.target, "/search");
  if (url !== here() || !showsResults()) show(url, days || settled ? "push" : "typing").then(() => (settled = true));
  settled = true;
}

// Links from results to other results: facets, chips, orders, pages.
function followed(event) {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.target.closest("#ris-results a[href]");
  if (!plain || link === null || link.pathname !== "/search" || link.origin !== location.origin) return;
  event.preventDefault();
  clearTimeout(pause);
  pause = 0;
  link.focus({ preventScroll: true });
  show(link.pathname + link.search, "push");
}

// Keys ---------------------------------------------------------------------------------------------------------

function pressed(event) {
  if (event.isComposing) return;
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const slash = event.key === "/" && !writing && plain;
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey !== event.metaKey) && !event.altKey && !event.shiftKey;
  if ((slash || k) && field !== null) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (plain && !event.shiftKey) {
    walk(event);
  }
}

// Down and up go through the hits, escape goes back to the field, and out of it when it is empty.
function walk(event) {
  const inField = event.target === field;
  const hit = event.target.closest(".hit");
  if (!inField && hit === null && !(event.key === "Escape" && event.target.closest("#ris-results"))) return;
  const links = [...document.querySelectorAll(".hit-title a")];
  const at = hit === null ? -1 : links.indexOf(hit.querySelector(".hit-title a"));
  if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
  else if (event.key === "ArrowUp" && at > 0) links[at - 1].focus();
  else if (event.key === "ArrowUp" && at === 0) field?.focus();
  else if (event.key === "Escape" && !inField) field?.focus();
  else if (event.key === "Escape" && field.value === "") field.blur();
  else return;
  event.preventDefault();
}

document.querySelector("main").dataset.served = document.querySelector("main").innerHTML;
dress(document.querySelector("main"));
followReading(document.querySelector("main"));
linkPassages(document.querySelector("main"));
document.addEventListener("keydown", pressed);
if (form !== null) {
  field.addEventListener("input", typed);
  field.addEventListener("compositionend", typed);
  field.addEventListener("blur", () => (settled = true));
  document.addEventListener("submit", submitted);
  document.addEventListener("click", followed);
  addEventListener("popstate", travelled);
  if (field.value !== field.defaultValue) search();
}
if (live) {
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => { events?.close(); events = null; });
  addEventListener("pageshow", follow);
  follow();
}
