/** Brings suggestions to the search box of every page, and all they need, when the first key is pressed in it. */
export function startFind() {
  const box = document.getElementById("q");
  box.addEventListener("input", () => import("./suggest.js").then(({ suggest }) => suggest(box)), { once: true });
  box.form.addEventListener("toggle", ({ newState }) => newState === "open" && box.focus());
}
