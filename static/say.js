// What the page tells its reader: in passing, in the corner; or for as long as it is true, at its top.

let hide;

export function say(text) {
  const toast = document.getElementById("ris-toast");
  toast.textContent = text;
  clearTimeout(hide);
  hide = setTimeout(() => (toast.textContent = ""), 3000);
}

// `links`: addresses and names of where to go on.
export function keepSaying(text, links = []) {
  hush();
  const notice = document.createElement("p");
  notice.id = "ris-standing";
  notice.className = "notice notice-error";
  notice.dataset.ours = "";
  notice.setAttribute("role", "alert");
  notice.append(text, ...links.flatMap(([url, name]) => [" ", anchor(url, name)]));
  document.querySelector("main").prepend(notice);
}

export function hush() {
  document.getElementById("ris-standing")?.remove();
}

function anchor(url, name) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = name;
  return link;
}
