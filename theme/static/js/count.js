/** Shows how many pieces are in the cart, from the cookie `1:SKU*2.SKU*1`. */
export function showCount() {
  const lines = document.cookie.match(/(?:^|; )cart="?1:([^;"]*)/)?.[1].matchAll(/\*(\d+)/g) ?? [];
  let pieces = 0;
  for (const line of lines) pieces += +line[1];
  document.getElementById("count").textContent = pieces || "";
}

export function startCount() {
  showCount();
  addEventListener("pageshow", showCount); // also when a page comes back from the browser's memory
}
