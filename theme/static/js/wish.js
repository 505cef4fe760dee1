import { bring } from "./cart.js";
import { noted, showCount } from "./count.js";

/** Puts what is chosen on the wishlist, or takes it off, without leaving the page. The cookie reads `SKU.SKU`. */
export function startWish(form) {
  const button = document.querySelector(".wish");
  const link = document.querySelector(".wishes a");
  const chosen = () => new FormData(form).get("sku");
  const mark = () => {
    const saved = noted("wishlist").split(".").includes(chosen());
    button.setAttribute("aria-pressed", saved);
    link.hidden = !saved;
    return saved;
  };
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const saved = await bring().then(({ wish }) => wish(chosen(), mark())).catch(() => false);
    if (!saved) return form.requestSubmit(button); // what went wrong is said on a page
    mark();
    showCount();
  });
  form.addEventListener("change", mark);
  addEventListener("pageshow", mark);
  mark();
}
