import { showCount } from "./count.js";

const drawer = document.getElementById("drawer"); // on product pages only
const voice = drawer?.querySelector("[role=status]") ?? silentVoice();
let queue = Promise.resolve(), newest;

/** Sends the forms that lead to the cart in the background and shows the cart that comes back. */
export function startCart() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const way = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    if (way !== "/cart") return;
    event.preventDefault();
    send(form, submitter);
  });
  document.addEventListener("change", ({ target }) => {
    const { form, name, type } = target;
    if (form?.id !== "cart" || type === "checkbox") return;
    if (type === "textarea") keep(name, target.value);
    else if (target.reportValidity()) form.requestSubmit(form.querySelector("[value=update]"));
  });
}

/** Lets the shop remember a note. It changes nothing that is shown, so the cart stays as it is while somebody types. */
function keep(name, text) {
  const body = new URLSearchParams([[name, text]]);
  queue = queue.then(() => fetch("/cart", { method: "POST", body, redirect: "manual" })).catch(() => null);
}

/** One change after the other: each is made to the cart that the one before has left. */
function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const post = () => fetch("/cart", { method: "POST", body, headers: { "X-Pouch-Fragment": "cart" } });
  const mine = (newest = queue = queue.then(post).then((answer) => answer.text(), () => null));
  mine.then((html) => {
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
  showCount();
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
