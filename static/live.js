// Live updates: a page follows the documents that it is made from.

import { dress, followReading, pointAway } from "./document.js";
import { inPlace, renewChildren } from "./morph.js";
import { hush, keepSaying, say } from "./say.js";
import { outdateHome, isSearching, renewResults, searchAgain, showsResults } from "./search.js";

let generation = document.body.dataset.generation;
let events = null;
let asked = 0;

function concerns(paths) {
  const { live } = document.body.dataset;
  return live === "all" || paths === null || paths.includes(live);
}

function heard(message) {
  const news = JSON.parse(message.data);
  if (message.type === "hello") searchAgain();
  if (news.generation === generation) return;
  if (message.type === "change" && !concerns(news.paths)) {
    generation = news.generation;
    return;
  }
  renew(news.generation);
}

// A browser keeps few connections to one host: only the page in front holds one.
export function follow() {
  if (document.hidden) {
    leave();
  } else if (events === null) {
    events = new EventSource("/events");
    events.addEventListener("hello", heard);
    events.addEventListener("change", heard);
  }
}

export function leave() {
  events?.close();
  events = null;
}

async function renew(to) {
  outdateHome();
  if (showsResults()) {
    if (await renewResults()) generation = to;
    return;
  }
  if (isSearching()) return;
  const mine = (asked += 1);
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  const text = await answer?.text().catch(() => null);
  if (!text || mine !== asked || isSearching() || showsResults()) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const isOther = page.body.className !== document.body.className;
  if (answer.status === 404 || (answer.ok && isOther)) {
    generation = to;
    await sayGone(page, answer);
  } else if (answer.ok) {
    generation = page.body.dataset.generation;
    show(page, answer);
  }
}

function show(page, answer) {
  const main = document.querySelector("main");
  const next = page.querySelector("main");
  if (next.innerHTML === main.dataset.served) {
    hush();
    return;
  }
  main.dataset.served = next.innerHTML;
  dress(next);
  pointAway();
  inPlace(main, () => {
    hush();
    renewChildren(main, next);
  });
  document.title = page.title;
  // The file may lie elsewhere now.
  document.body.dataset.live = page.body.dataset.live;
  if (answer.redirected) history.replaceState(null, "", answer.url);
  followReading(main);
  say("Updated");
}

// The page stays as it was read last, and says so until the document is there again.
async function sayGone(page, answer) {
  const id = document.querySelector(".document-head .id")?.textContent;
  const nearest = [...page.querySelectorAll(".failure li a")].map((link) => [link.getAttribute("href"), link.textContent]);
  const found = answer.ok ? [[answer.url, "What its address leads to now"]] : ((id && (await findById(id))) || nearest);
  const words = "This document is no longer in the knowledge base; what you see is how it was.";
  keepSaying(found.length === 0 ? words : `${words} It may be here now:`, found);
}

async function findById(id) {
  const query = new URLSearchParams({ q: `id:"${id}"` });
  const text = await fetch(`/search/fragment?${query}`).then((answer) => (answer.ok ? answer.text() : ""), () => "");
  const link = new DOMParser().parseFromString(text, "text/html").querySelector(".hit-title a");
  return link === null ? null : [[link.getAttribute("href"), link.textContent]];
}
