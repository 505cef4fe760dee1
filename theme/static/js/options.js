import { showPicture } from "./gallery.js";

/** Lets picture and address follow the choice of a variant; an address with `?sku=` chooses it. Styles do the rest. */
export function startOptions(form) {
  const wanted = new URLSearchParams(location.search).get("sku");
  const field = wanted && [...form.querySelectorAll("[type=radio]")].find(({ value }) => value === wanted);
  if (field) choose(field);
  form.addEventListener("change", ({ target }) => {
    history.replaceState(null, "", "?" + new URLSearchParams({ sku: target.value }));
    picture(target);
  });
}

function choose(field) {
  field.checked = true;
  const group = field.closest("details");
  if (group) group.open = true;
  picture(field);
}

function picture({ dataset }) {
  if (dataset.picture) showPicture(document.getElementById("picture-" + dataset.picture));
}
