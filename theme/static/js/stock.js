const OLD = 60_000; // milliseconds after which an answer is no longer of this moment
const MOST = 50; // SKUs that the shop answers at once

/** Brings what a product page says of its stock up to date, also when a shopper comes back to it. */
export function startStock(form) {
  const fields = [...form.querySelectorAll("[name=sku]")];
  const skus = fields.map((field) => field.value).sort(); // sorted, as the cache at the edge wants it
  let asked = 0;
  const ask = async () => {
    if (document.hidden || Date.now() - asked < OLD) return;
    asked = Date.now();
    for (let at = 0; at < skus.length; at += MOST) {
      const some = skus.slice(at, at + MOST).map((sku) => ["sku", sku]);
      const answer = await fetch("/stock?" + new URLSearchParams(some)).catch(() => ({}));
      if (answer.ok) showStock(await answer.json(), form.dataset);
    }
  };
  document.addEventListener("visibilitychange", ask);
  addEventListener("pageshow", ask);
  oneNotice(form);
  return ask();
}

function showStock({ at, stock }, words) {
  for (const text of document.querySelectorAll("[data-sku]")) {
    const { availability, left } = stock[text.dataset.sku] ?? {};
    if (availability && (availability !== text.dataset.stock || left)) text.textContent = words[availability].replace("#", left);
    if (availability) text.dataset.stock = availability;
  }
  const age = document.getElementById("checked");
  const time = new Date(at * 1000);
  const clock = time.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
  age.textContent = Date.now() - time < OLD ? age.dataset.just : age.dataset.since.replace("#", clock);
}

/** One form for whatever is sold out takes the place of those that the page came with. */
function oneNotice(form) {
  const [notice, ...others] = document.querySelectorAll(".notify");
  if (!notice) return;
  for (const other of others) other.remove();
  notice.className = "notify";
  const follow = () => (notice.elements.sku.value = new FormData(form).get("sku"));
  form.addEventListener("change", follow);
  follow();
}
