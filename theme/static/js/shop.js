import { startCart } from "./cart.js";
import { startCount } from "./count.js";
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
  if (document.querySelector("[data-arrives]")) import("./arrives.js");
}

/* Suggestions, and all they need, come to the search box of every page when the first key is pressed in it. */
const box = document.getElementById("q");
box.addEventListener("input", () => import("./suggest.js").then(({ suggest }) => suggest(box)), { once: true });
box.form.addEventListener("toggle", ({ newState }) => newState === "open" && box.focus());

/* Whether somebody answers now is reckoned when the first line that says so comes near. */
const line = document.querySelector("[data-now]");
const near = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && import("./answers.js"), { rootMargin: "400px" });
if (line) near.observe(line);
