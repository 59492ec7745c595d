// What a page gains where scripts run: live updates, copy buttons, and the `/` key. Every page works without it.

const KEY_FIELD = "ris-q";

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
  const field = main.querySelector("input[type=search]");
  const typing = field !== null && field === document.activeElement && field.value !== field.defaultValue;
  if (typing) return;
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
  if (!navigator.clipboard) return;
  for (const pre of root.querySelectorAll("pre:has(> code):not(.pointed)")) {
    const frame = document.createElement("div");
    const button = document.createElement("button");
    frame.className = "copyable";
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(pre.textContent.trimEnd());
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    pre.replaceWith(frame);
    frame.append(pre, button);
  }
}

// Keys ---------------------------------------------------------------------------------------------------------

function searchKey(event) {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const field = document.getElementById(KEY_FIELD);
  if (!slash || field === null) return;
  event.preventDefault();
  field.focus();
  field.select();
}

document.querySelector("main").dataset.served = document.querySelector("main").innerHTML;
dress(document.querySelector("main"));
document.addEventListener("keydown", searchKey);
if (live) {
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => { events?.close(); events = null; });
  addEventListener("pageshow", follow);
  follow();
}
