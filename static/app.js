// What a page gains where scripts run: search as you type, keys, live updates, copy buttons. Every page works without.

import { clicked, dress, followReading, pointAway, pointed } from "./document.js";
import { follow, leave } from "./live.js";
import { field, followed, left, search, searches, submitted, travelled, typed } from "./search.js";

function pressed(event) {
  if (event.isComposing) return;
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const slash = event.key === "/" && !writing && plain;
  // On a Mac the control key and K delete the rest of a line.
  const held = event.metaKey !== event.ctrlKey && !(event.ctrlKey && writing);
  const k = event.key.toLowerCase() === "k" && held && !event.altKey && !event.shiftKey;
  if ((slash || k) && field() !== null) {
    event.preventDefault();
    field().focus();
    field().select();
  } else if (plain && !event.shiftKey) {
    walk(event);
  }
}

// Down and up go through the hits, escape goes back to the field, and out of it when it is empty.
function walk(event) {
  const inField = event.target === field();
  const hit = event.target.closest(".hit");
  if (!inField && hit === null && !(event.key === "Escape" && event.target.closest("#ris-results"))) return;
  const links = [...document.querySelectorAll(".hit-title a")];
  const at = hit === null ? -1 : links.indexOf(hit.querySelector(".hit-title a"));
  if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
  else if (event.key === "ArrowUp" && at > 0) links[at - 1].focus();
  else if (event.key === "ArrowUp" && at === 0) field()?.focus();
  else if (event.key === "Escape" && !inField) field()?.focus();
  else if (event.key === "Escape" && field().value === "") field().blur();
  else return;
  event.preventDefault();
}

const main = document.querySelector("main");
main.dataset.served = main.innerHTML;
dress(main);
followReading(main);
document.addEventListener("keydown", pressed);
document.addEventListener("click", clicked);
document.addEventListener("pointerover", pointed);
document.documentElement.addEventListener("pointerleave", pointAway);
if (searches()) {
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", typed);
  document.addEventListener("focusout", left);
  document.addEventListener("submit", submitted);
  document.addEventListener("click", followed);
  addEventListener("popstate", travelled);
  if (field().value !== field().defaultValue) search();
}
if (document.body.dataset.live) {
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", follow);
  follow();
}
