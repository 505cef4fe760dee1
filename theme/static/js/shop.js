import { startCart } from "./cart.js";
import { startCount } from "./count.js";
import { startFind } from "./find.js";
import { startGallery } from "./gallery.js";
import { startOptions } from "./options.js";
import { startStock } from "./stock.js";
import { startWish } from "./wish.js";

startCount();
startCart();
const form = document.getElementById("buy");
if (form) {
  startGallery();
  startOptions(form);
  startStock(form);
  startWish(form);
  const arrives = document.querySelector("[data-arrives]");
  if (arrives) Promise.all([import("./promise.js"), import("./promised.js")]).then(([{ startPromise }, { shop }]) => startPromise(arrives, shop));
}
startFind();

/* Whether somebody answers now is reckoned when the first line that says so comes near. */
const line = document.querySelector("[data-now]");
const near = new IntersectionObserver(async ([{ isIntersecting }]) => {
  if (!isIntersecting) return;
  near.disconnect();
  (await import("./hours.js")).startHours();
}, { rootMargin: "400px" });
if (line) near.observe(line);
