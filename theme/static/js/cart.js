import { showCount } from "./count.js";

/** What is sent in the background is sent by this. It is brought when somebody first touches a form, not with the page. */
export const bring = () => import("./sending.js");

/** Sends the forms that lead to the cart in the background. */
export function startCart() {
  for (const touch of ["pointerdown", "focusin"])
    document.addEventListener(touch, ({ target }) => target.closest("[action='/cart'], [form]") && bring().catch(() => null));
  document.addEventListener("submit", submit);
  document.addEventListener("change", ({ target }) => {
    const { form, name, type, value } = target;
    if (form?.id !== "cart" || type === "checkbox") return;
    if (type === "textarea") bring().then(({ keep }) => keep(name, value));
    else if (target.reportValidity()) form.requestSubmit(form.querySelector("[value=update]"));
  });
}

function submit(event) {
  const { target: form, submitter } = event;
  const way = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  if (way !== "/cart") return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  bring().then(({ send }) => send(form, body).then(showCount), () => plainly(form, submitter));
}

/** As a browser without script does it, where what sends in the background cannot be had. */
function plainly(form, submitter) {
  document.removeEventListener("submit", submit);
  form.requestSubmit(submitter);
}
