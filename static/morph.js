// Makes one part of the page like another while what is on both sides stays the very same node: with the focus, the
// selection, what was typed or chosen, and what was unfolded. What carries `data-ours` is a script's and stays.

export function morph(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) return renewText(old, next);
  renewAttributes(old, next);
  renewChildren(old, next);
}

// Only what differs is written: a selection in the rest of the text stays.
function renewText(old, next) {
  const [from, to] = [old.data, next.data];
  const most = Math.min(from.length, to.length);
  let head = 0;
  let tail = 0;
  while (head < most && from[head] === to[head]) head += 1;
  while (tail < most - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  old.replaceData(head, from.length - head - tail, to.slice(head, to.length - tail));
}

function renewAttributes(old, next) {
  const names = new Set([...old.getAttributeNames(), ...next.getAttributeNames()]);
  if (old.localName === "details") names.delete("open");
  for (const name of names) {
    if (!next.hasAttribute(name)) old.removeAttribute(name);
    else if (old.getAttribute(name) !== next.getAttribute(name)) old.setAttribute(name, next.getAttribute(name));
  }
}

// What is kept is never moved: a node that moves loses the focus.
export function renewChildren(old, next) {
  const olds = [...old.childNodes].filter((node) => node.dataset?.ours === undefined);
  const news = [...next.childNodes];
  const partners = pair(olds, news);
  const kept = new Set(partners.values());
  for (const node of olds) if (!kept.has(node)) node.remove();
  let at = old.firstChild;
  for (const node of news) {
    const partner = partners.get(node);
    if (partner === undefined) {
      old.insertBefore(node, at);
    } else {
      morph(partner, node);
      at = partner.nextSibling;
    }
  }
}

// Returns the old node for each new one that has one, in the order of both: first what says the same and says it once,
// then, between two such pairs, what is of the same sort.
function pair(olds, news) {
  const partners = new Map();
  const [once, nextOnce] = [saidOnce(olds), saidOnce(news)];
  const same = [...nextOnce].filter(([words]) => once.has(words)).map(([words, at]) => [at, once.get(words)]);
  let [fromNew, fromOld] = [0, 0];
  for (const [atNew, atOld] of [...inOrder(same), [news.length, olds.length]]) {
    for (const node of news.slice(fromNew, atNew)) {
      let at = fromOld;
      if (node.nodeType === Node.ELEMENT_NODE) while (at < atOld && sort(olds[at]) !== sort(node)) at += 1;
      if (at === atOld || sort(olds[at]) !== sort(node)) continue;
      partners.set(node, olds[at]);
      fromOld = at + 1;
    }
    if (atNew < news.length) partners.set(news[atNew], olds[atOld]);
    [fromNew, fromOld] = [atNew + 1, atOld + 1];
  }
  return partners;
}

// Returns the places of those elements whose words no other has.
function saidOnce(nodes) {
  const places = new Map();
  nodes.forEach((node, at) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const words = `${node.localName}#${node.id} ${node.textContent}`;
    places.set(words, places.has(words) ? null : at);
  });
  return new Map([...places].filter(([, at]) => at !== null));
}

// Returns the most pairs of places that rise on both sides; they come with the first side rising.
function inOrder(pairs) {
  const ends = [];
  for (const [first, second] of pairs) {
    let at = ends.length;
    while (at > 0 && ends[at - 1].second > second) at -= 1;
    ends[at] = { first, second, before: ends[at - 1] };
  }
  const run = [];
  for (let end = ends.at(-1); end !== undefined; end = end.before) run.unshift([end.first, end.second]);
  return run;
}

// What makes an element the same thing with other content. A fold is known by what its summary says, without numbers.
function sort(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const summary = node.localName === "details" ? node.firstElementChild?.textContent.replace(/\d/g, "") : "";
  return [node.localName, node.id, node.className, node.getAttribute("name"), node.dataset.key, summary].join(" ");
}

// Runs `change` and keeps what is being read where it was in the window; at the top of a page that is the top.
export function inPlace(root, change) {
  const seen = scrollY === 0 ? [] : inWindow(root);
  // The browser's own way of keeping the place would be added to ours.
  document.documentElement.style.overflowAnchor = "none";
  change();
  const held = seen.find(({ node, text }) => node.isConnected && node.textContent === text) ?? seen.find(({ node }) => node.isConnected);
  if (held !== undefined) scrollBy({ top: held.node.getBoundingClientRect().top - held.top, behavior: "instant" });
  requestAnimationFrame(() => (document.documentElement.style.overflowAnchor = ""));
}

// The contents beside a document never move, so that they tell nothing.
function inWindow(root) {
  const text = root.querySelector(".document-body") ?? root;
  return [...text.querySelectorAll("h1, h2, h3, h4, h5, h6, p, pre, li, tr")]
    .map((node) => ({ node, text: node.textContent, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && box.bottom > 0 && box.top < innerHeight)
    .map(({ node, text, box }) => ({ node, text, top: box.top }))
    .sort((a, b) => (a.top < 0) - (b.top < 0));
}
