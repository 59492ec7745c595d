// A page of a copy: what app.js does where there is a server, as far as that takes none.

const main = document.querySelector("main");
dress(main);
followReading(main);
document.addEventListener("click", clicked);
document.addEventListener("pointerover", pointed);
document.documentElement.addEventListener("pointerleave", pointAway);
// Results of a search come later, and say so.
document.addEventListener("ris-shown", ({ target }) => dress(target));
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select");
  const slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const k = event.key.toLowerCase() === "k" && event.metaKey !== event.ctrlKey && !event.altKey && !event.shiftKey;
  const field = document.getElementById("ris-q");
  if ((slash || (k && !(event.ctrlKey && writing))) && field !== null) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
