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

// Contents that follow the reading -----------------------------------------------------------------------------

let reading = null;

function followReading(root) {
  reading?.disconnect();
  const links = new Map();
  for (const link of root.querySelectorAll(".contents a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (links.size === 0) return;
  const headings = [...links.keys()].sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
  let current = null;
  // The section being read is that of the last heading above the upper third of the window.
  const look = () => {
    const above = headings.filter((it) => it.getBoundingClientRect().top < innerHeight / 3);
    const next = links.get(above.at(-1) ?? headings[0]);
    if (next === current) return;
    current?.removeAttribute("aria-current");
    next.setAttribute("aria-current", "location");
    current = next;
    const frame = next.closest(".contents");
    if (frame.scrollHeight > frame.clientHeight) frame.scrollTop = next.offsetTop - frame.clientHeight / 2;
  };
  reading = new IntersectionObserver(look, { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
  headings.forEach((it) => reading.observe(it));
}

// Copy link to this passage ------------------------------------------------------------------------------------

async function copyLink(url) {
  await navigator.clipboard.writeText(new URL(url, location.href).href);
  say("Link copied");
}

// One button, which stands beside the passage that is pointed at.
function linkPassages(root) {
  const body = root.querySelector(".document-body");
  if (!navigator.clipboard || body === null) return;
  const button = document.createElement("button");
  let passage = null;
  button.type = "button";
  button.className = "copy-link";
  button.textContent = "Copy link";
  button.setAttribute("aria-label", "Copy link to this passage");
  button.hidden = true;
  body.append(button);
  const place = (event) => {
    if (button.contains(event.target)) return;
    const found = event.target.closest(".prose [data-line]");
    if (found === passage) return;
    passage = found;
    button.hidden = found === null;
    if (found === null) return;
    const [frame, box] = [body.getBoundingClientRect(), found.getBoundingClientRect()];
    button.style.top = `${box.top - frame.top - 4}px`;
    button.style.right = `${Math.max(0, frame.right - box.right)}px`;
  };
  body.addEventListener("pointerover", place);
  body.addEventListener("pointerleave", () => { passage = null; button.hidden = true; });
  button.addEventListener("click", () => copyLink(`${location.pathname}?line=${passage.dataset.line}#ris-passage`));
  body.addEventListener("click", (event) => {
    const anchor = event.target.closest("a.anchor");
    if (anchor) copyLink(anchor.href);
  });
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
followReading(document.querySelector("main"));
linkPassages(document.querySelector("main"));
document.addEventListener("keydown", searchKey);
if (live) {
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => { events?.close(); events = null; });
  addEventListener("pageshow", follow);
  follow();
}
