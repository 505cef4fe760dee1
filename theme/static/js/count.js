/** Shows how many pieces are in the cart, from the cookie `1:SKU*2.SKU*1`, and how many wishes, from `SKU.SKU`. */
export function showCount() {
  let pieces = 0;
  for (const line of noted("cart").matchAll(/\*(\d+)/g)) pieces += +line[1];
  document.getElementById("count").textContent = pieces || "";
  const wishes = noted("wishlist");
  document.getElementById("wished").textContent = wishes && wishes.split(".").length;
}

export function startCount() {
  showCount();
  addEventListener("pageshow", showCount); // also when a page comes back from the browser's memory
}

/** What a cookie says, or nothing. */
export function noted(name) {
  return document.cookie.match(`(?:^|; )${name}="?([^;"]*)`)?.[1] ?? "";
}
