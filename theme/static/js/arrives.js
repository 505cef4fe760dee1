import { startPromise } from "./promise.js";
import { shop } from "./promised.js";

/* One file for every product that is sent; shop.js draws it in at once. */
startPromise(document.querySelector("[data-arrives]"), shop);
