import { search } from "./search.js";

/* The search page: results for the words in its address, as cards. */
const PAGE = 24;
const place = document.getElementById("search-results");
const [said, list] = place.children;
const box = document.getElementById("query");
const words = new URLSearchParams(location.search).get("q")?.trim() ?? "";

box.value = words;
if (words) show(PAGE);

async function show(limit) {
  try {
    const { found, total } = await search(words, limit);
    list.replaceChildren(...found.map(card));
    said.textContent = (place.dataset[total ? (total === 1 ? "one" : "words") : "none"]).replace("#", total).replace("%", () => words);
    place.querySelector(".more")?.remove();
    if (total > found.length) place.append(more(limit));
    return found.length;
  } catch {
    said.textContent = _("The search did not load. Please try again, or look through all products below.");
  }
}

function card({ url, title, price, image, kind }) {
  const item = document.createElement("li"), link = document.createElement("a"), name = document.createElement("h2");
  const below = document.createElement("p");
  item.className = image ? "card" : "card bare";
  link.href = url;
  name.textContent = title;
  below.textContent = price ?? { collection: _("Collection"), post: _("Journal") }[kind] ?? _("Page");
  if (image) link.append(picture(image));
  link.append(name);
  item.append(link, below);
  return item;
}

function picture(address) {
  const image = new Image(480, 600);
  Object.assign(image, { src: address, alt: "", loading: "lazy" });
  return image;
}

function more(limit) {
  const foot = document.createElement("p"), button = document.createElement("button");
  foot.className = "more";
  button.className = "button";
  button.textContent = _("Show more");
  button.addEventListener("click", async () => {
    await show(limit + PAGE);
    list.children[limit]?.querySelector("a").focus();
  });
  foot.append(button);
  return foot;
}
