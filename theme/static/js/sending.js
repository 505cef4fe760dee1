/* Sends what is asked of cart and wishlist, and shows the cart that comes back; cart.js brings it when it is needed. */
const drawer = document.getElementById("drawer"); // on product pages only
const voice = drawer?.querySelector("[role=status]") ?? silentVoice();
let queue = Promise.resolve(), newest;

/** Lets the shop remember a note. It changes nothing that is shown, so the cart stays as it is while somebody types. */
export function keep(name, text) {
  const body = new URLSearchParams([[name, text]]);
  queue = queue.then(() => fetch("/cart", { method: "POST", body, redirect: "manual" })).catch(() => null);
}

/** Adds to the wishlist, or takes off it; says whether that is done. */
export async function wish(sku, listed) {
  const body = new URLSearchParams({ sku, action: listed ? "remove" : "add" });
  const answer = await fetch("/wishlist", { method: "POST", body, redirect: "manual" });
  return answer.type === "opaqueredirect";
}

/** One change after the other: each is made to the cart that the one before has left. */
export function send(form, body) {
  const post = () => fetch("/cart", { method: "POST", body, headers: { "X-Pouch-Fragment": "cart" } });
  const mine = (newest = queue = queue.then(post).then((answer) => answer.text(), () => null));
  return mine.then((html) => {
    if (mine !== newest) return; // a newer change is on its way and will show the cart
    if (html === null) location.assign("/cart");
    else show(html, form);
  });
}

function show(html, form) {
  const inCart = form.id === "cart";
  const focused = document.activeElement.name;
  const place = inCart ? form.closest("main, dialog > div") : drawer.lastElementChild;
  const typed = [...place.querySelectorAll("textarea")], wasOpen = place.querySelector("#notes")?.open;
  place.innerHTML = html;
  for (const { name, value } of typed) {
    const now = place.querySelector(`[name=${name}]`);
    if (now) now.value = value; // somebody may have gone on typing meanwhile
  }
  if (wasOpen) place.querySelector("#notes")?.setAttribute("open", "");
  if (!inCart) whenStyled(place).then(() => drawer.showModal());
  else if (focused) (place.querySelector(`[name="${focused}"]`) ?? place.querySelector("a, button")).focus();
  const news = place.querySelector(".notice") ?? (inCart ? place.querySelector(".total") : null);
  voice.textContent = news?.textContent ?? form.dataset.added ?? "";
}

/** The drawer opens once its style sheet is there, which a product page does without until then. */
function whenStyled(place) {
  const sheet = place.querySelector("link");
  if (!sheet || sheet.sheet) return Promise.resolve();
  return new Promise((done) => (sheet.onload = sheet.onerror = done));
}

/** A line that screen readers read out when it changes. */
function silentVoice() {
  const line = document.createElement("p");
  line.className = "unseen";
  line.role = "status";
  document.body.append(line);
  return line;
}
