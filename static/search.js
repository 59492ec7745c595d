// Search as you type. Nodes are looked up when they are needed: a live update may have replaced them.

import { inPlace, morph } from "./morph.js";
import { hush, keepSaying } from "./say.js";

const PAUSE = 80;
const SETTLED = 1500;
const MOST_KEPT = 40;

const titles = { home: document.title, site: document.querySelector(".brand span").textContent };
const kept = new Map();
let pause = 0;
let request = null;
let settled = true;
let settling = 0;
let failed = null;
let homeIsOld = false;

// The field of the page, or that of its header.
export const field = () => document.getElementById("ris-q");
const form = () => document.getElementById("ris-search");
const home = () => document.getElementById("ris-home");
const results = () => document.getElementById("ris-results");

// Tells whether the page searches as one types.
export const searches = () => form() !== null;

function here() {
  return location.pathname + location.search;
}

export function showsResults() {
  return searches() && location.pathname === "/search";
}

// Tells whether results are about to take the place of the home page.
export function isSearching() {
  return searches() && field().value !== "";
}

// The address of what a form asks for.
function asked(source, base) {
  const pairs = [...new FormData(source)].filter(([, value]) => value.trim() !== "");
  const query = new URLSearchParams(pairs).toString();
  return query === "" ? base : `/search?${query}`;
}

export function typed(event) {
  if (event.isComposing || event.target !== field()) return;
  clearTimeout(pause);
  pause = setTimeout(search, PAUSE);
}

export function left(event) {
  if (event.target === field()) settled = true;
}

export function search() {
  stopWaiting();
  const url = asked(form(), home() === null ? "/search" : "/");
  if (url === "/") showHome("typing");
  else show(url, "typing");
}

// Searches again for what could not be searched for.
export function searchAgain() {
  if (failed !== null) show(failed.url, failed.how);
}

function stopWaiting() {
  clearTimeout(pause);
  pause = 0;
}

// Shows the results at `url`. `how`: "typing" is one step in the history until the search has settled, "push" is a
// step, "pop" is where the history has gone, "renew" is the same search over changed documents.
async function show(url, how) {
  request?.abort();
  const mine = (request = new AbortController());
  results().setAttribute("aria-busy", "true");
  const text = (how === "pop" && kept.get(url)) || (await ask(url, how, mine.signal));
  if (mine.signal.aborted) return;
  results().removeAttribute("aria-busy");
  failed = text === null ? { url, how } : null;
  if (text === null) return;
  hush();
  const next = new DOMParser().parseFromString(text, "text/html").getElementById("ris-results");
  if (how !== "renew") remember(next.dataset.url, how);
  keep(next.dataset.url, text);
  if (how === "renew") inPlace(document, () => morph(results(), next));
  else put(next);
  if (how === "push" || how === "pop") field().value = new URL(next.dataset.url, location).searchParams.get("q") ?? "";
  if (how !== "renew") document.getElementById("ris-said").textContent = next.dataset.said;
}

async function ask(url, how, signal) {
  const answer = await fetch(url.replace("/search", "/search/fragment"), { signal }).catch(() => null);
  if (answer?.ok) return answer.text().catch(() => null);
  if (signal.aborted) return null;
  if (how === "push") location.assign(url);
  else keepSaying("The server does not answer; these results may be old.");
  return null;
}

// The same search over changed documents; what is being typed is searched for anyway. Tells whether it was made.
export async function renewResults() {
  kept.clear();
  if (pause !== 0) return false;
  await show(here(), "renew");
  return true;
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
  const old = results();
  for (const fold of old.querySelectorAll("details[data-key][open]")) {
    const same = next.querySelector(`details[data-key="${CSS.escape(fold.dataset.key)}"]`);
    if (same !== null) same.open = true;
  }
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(next);
  document.title = `${next.dataset.title} · ${titles.site}`;
  document.body.classList.replace("page-home", "page-search");
  home()?.setAttribute("hidden", "");
  if (focused === null) return;
  const paging = focused.rel === "next" || focused.rel === "prev";
  const same = paging ? ".hit-title a" : samePlace(focused);
  const target = next.querySelector(same) ?? next.querySelector(".hits");
  target?.focus({ preventScroll: !paging });
  if (paging) form().scrollIntoView({ block: "start", behavior: "instant" });
}

function samePlace(node) {
  if (node.dataset.key) return `[data-key="${CSS.escape(node.dataset.key)}"]`;
  const href = node.getAttribute("href");
  return href === null ? ".hits" : `.hit a[href="${CSS.escape(href)}"]`;
}

export function outdateHome() {
  homeIsOld = true;
}

function showHome(how) {
  request?.abort();
  if (how !== "pop") remember("/", how);
  failed = null;
  hush();
  results().replaceChildren();
  document.body.classList.replace("page-search", "page-home");
  home().hidden = false;
  document.title = titles.home;
  if (how === "pop") field().value = "";
  if (homeIsOld) renewHome();
}

// While results are shown nobody looks at the home page, so that it is renewed when it is shown again.
async function renewHome() {
  const text = await fetch("/").then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
  const next = text && new DOMParser().parseFromString(text, "text/html").getElementById("ris-home");
  if (!next) return;
  homeIsOld = false;
  next.hidden = home().hidden;
  inPlace(document, () => morph(home(), next));
}

export function travelled() {
  stopWaiting();
  if (showsResults()) show(here(), "pop");
  else if (home() !== null && location.pathname === "/") showHome("pop");
  else location.reload();
}

export function submitted(event) {
  const days = event.target.matches(".days");
  if (event.target !== form() && !days) return;
  event.preventDefault();
  stopWaiting();
  const url = asked(event.target, "/search");
  if (url !== here() || !showsResults()) show(url, days || settled ? "push" : "typing").then(() => (settled = true));
  settled = true;
}

// Links from results to other results: facets, chips, orders, pages.
export function followed(event) {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.target.closest("#ris-results a[href]");
  if (!plain || link === null || link.pathname !== "/search" || link.origin !== location.origin) return;
  event.preventDefault();
  stopWaiting();
  link.focus({ preventScroll: true });
  show(link.pathname + link.search, "push");
}
