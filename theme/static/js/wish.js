import { showCount } from "./count.js";

/** Puts what is chosen on the wishlist, or takes it off, without leaving the page. The cookie reads `SKU.SKU`. */
export function startWish(form) {
  const button = document.querySelector(".wish");
  const link = document.querySelector(".wishes a");
  const chosen = () => new FormData(form).get("sku");
  const mark = () => {
    const saved = (document.cookie.match(/(?:^|; )wishlist="?([^;"]*)/)?.[1] ?? "").split(".").includes(chosen());
    button.setAttribute("aria-pressed", saved);
    link.hidden = !saved;
    return saved;
  };
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ sku: chosen(), action: mark() ? "remove" : "add" });
    const answer = await fetch("/wishlist", { method: "POST", body, redirect: "manual" }).catch(() => ({}));
    if (answer.type !== "opaqueredirect") return form.requestSubmit(button); // what went wrong is said on a page
    mark();
    showCount();
  });
  form.addEventListener("change", mark);
  addEventListener("pageshow", mark);
  mark();
}
