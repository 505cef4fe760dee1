/** Brings what a product page says of its stock up to date; the words are the form's own. */
export async function startStock() {
  const form = document.querySelector(".buy");
  if (!form) return;
  const fields = [...form.querySelectorAll("[name=sku]")];
  const skus = fields.map((field) => field.value).sort(); // sorted, as the cache at the edge wants it
  const answer = await fetch("/stock?" + new URLSearchParams(skus.map((sku) => ["sku", sku])));
  if (!answer.ok) return;
  const { stock } = await answer.json();
  for (const field of fields) if (stock[field.value]) mark(field, stock[field.value], form.dataset);
  const open = fields.filter((field) => !field.disabled);
  if (open[0] && !open.some((field) => field.checked)) open[0].checked = true;
  const button = form.querySelector(".button");
  button.disabled = !open[0];
  button.textContent = form.dataset[open[0] ? "add" : "out"];
}

function mark(field, { availability, left }, words) {
  const text = document.querySelector(`[data-sku="${field.value}"]`);
  const word = words[availability];
  if (word && (text.dataset.stock !== availability || left)) text.textContent = word.replace("#", left);
  text.dataset.stock = availability;
  field.disabled = availability === "out";
  if (field.disabled) field.checked = false;
}
