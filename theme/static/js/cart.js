import { showCount } from "./count.js";

const drawer = document.getElementById("drawer"); // on product pages only
const voice = drawer?.querySelector("[role=status]") ?? silentVoice();
let queue = Promise.resolve();

/** Sends the forms that lead to the cart in the background and shows the cart that comes back. */
export function startCart() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const way = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    if (way !== "/cart") return;
    event.preventDefault();
    send(form, submitter);
  });
  document.addEventListener("change", ({ target: { form } }) => {
    if (form?.id === "cart" && form.reportValidity()) form.requestSubmit(form.querySelector("[value=update]"));
  });
}

/** One change after the other: each is made to the cart that the one before has left. */
function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const post = () => fetch("/cart", { method: "POST", body, headers: { "X-Pouch-Fragment": "cart" } });
  const mine = (queue = queue.then(post).then((answer) => answer.text(), () => null));
  mine.then((html) => {
    if (mine !== queue) return; // a newer change is on its way and will show the cart
    if (html === null) location.assign("/cart");
    else show(html, form);
  });
}

function show(html, form) {
  const inCart = form.id === "cart";
  const focused = document.activeElement.name;
  const place = inCart ? form.closest("main, dialog > div") : drawer.lastElementChild;
  place.innerHTML = html;
  showCount();
  if (!inCart) drawer.showModal();
  else if (focused) (place.querySelector(`[name="${focused}"]`) ?? place.querySelector("a, button")).focus();
  const news = place.querySelector(".notice") ?? (inCart ? place.querySelector(".total") : null);
  voice.textContent = news?.textContent ?? form.dataset.added ?? "";
}

/** A line that screen readers read out when it changes. */
function silentVoice() {
  const line = document.createElement("p");
  line.className = "unseen";
  line.role = "status";
  document.body.append(line);
  return line;
}
