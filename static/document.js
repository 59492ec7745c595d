// The page of a document: copy buttons, the passage that is being read, links to passages.

import { say } from "./say.js";

export function dress(root) {
  for (const pre of root.querySelectorAll("pre:has(> code):not(.pointed)")) {
    const frame = document.createElement("div");
    frame.className = "copyable";
    pre.replaceWith(frame);
    frame.append(pre, makeButton("copy", "Copy"));
  }
}

function makeButton(className, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.textContent = text;
  return button;
}

async function copyCode(button) {
  const done = await copy(button.previousElementSibling);
  say(done ? "Copied" : "The browser does not allow copying; the text is selected.");
  if (!done) return;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

// Browsers offer the clipboard only to secure addresses; inside a closed network there is the older way.
async function copy(pre) {
  const copied = await navigator.clipboard?.writeText(pre.textContent.trimEnd()).then(() => true, () => false);
  if (copied) return true;
  getSelection().selectAllChildren(pre);
  return document.execCommand("copy");
}

async function copyLink(url) {
  const copied = await navigator.clipboard?.writeText(new URL(url, location).href).then(() => true, () => false);
  if (copied) say("Link copied");
  else location.href = url;
}

// A server marks the passage; in a copy every passage has its own name.
function addressOf(line) {
  return "copy" in document.body.dataset ? `#ris-l${line}` : `${location.pathname}?line=${line}#ris-passage`;
}

export function clicked({ target }) {
  if (target.matches(".copy")) copyCode(target);
  else if (target === linker) copyLink(addressOf(linker.dataset.line));
  else if (target.closest(".document-body a.anchor") && navigator.clipboard) copyLink(target.closest("a.anchor").href);
}

// One button stands beside the passage that is pointed at; a heading has its link.
const linker = makeButton("copy-link", "Copy link");
linker.title = "Copy link to this passage";
linker.dataset.ours = "";

export function pointed({ target }) {
  if (target === linker) return;
  const passage = target.closest?.(".document-body .prose [data-line]");
  linker.hidden = !passage;
  if (!passage) return;
  const body = passage.closest(".document-body");
  const [frame, box] = [body.getBoundingClientRect(), passage.getBoundingClientRect()];
  linker.style.top = `${box.top - frame.top - 4}px`;
  linker.style.right = `${frame.right - box.right}px`;
  linker.dataset.line = passage.dataset.line;
  if (linker.parentNode !== body) body.append(linker);
}

export function pointAway() {
  linker.hidden = true;
}

let reading = null;

// Marks the section in the contents that is that of the last heading above the upper third of the window.
export function followReading(root) {
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
