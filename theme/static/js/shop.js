import { startCart } from "./cart.js";
import { startCount } from "./count.js";
import { startGallery } from "./gallery.js";
import { startHours } from "./hours.js";
import { startStock } from "./stock.js";

startCount();
startCart();
startStock();
startGallery();
startHours();
