import { startCart } from "./cart.js";
import { startCount } from "./count.js";
import { startFind } from "./find.js";
import { startGallery } from "./gallery.js";
import { startHours } from "./hours.js";
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
}
startFind();
startHours();
