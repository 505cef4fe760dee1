/* Lets answers combine on a collection's page. Every state has an address, and every link leads to one:
   `?size=a4&size=a3&sort=price-up`. What is chosen from, and in which order, the build has worked out (data-places). */
const PAGE = 24;
const root = document.querySelector("[data-narrow]");
const home = root.dataset.narrow;
const found = root.querySelector(".found");
const chips = root.querySelector(".chosen");
const results = document.getElementById("results");
const axes = new Map(); // name → its links by key
const sorts = new Map();
const start = { path: location.pathname, nodes: [...results.childNodes], found: found.textContent, chips: chips.innerHTML };
let collection; // a promise of all cards and of their places
let turn = 0;

for (const question of root.querySelectorAll(".question")) {
  const { axis } = question.dataset;
  const links = new Map([...question.querySelectorAll("a")].map((link) => [link.dataset.key, link]));
  if (axis) axes.set(axis, links);
  else links.forEach((link, key) => sorts.set(key, link));
}
start.state = standing();
root.addEventListener("click", follow);
results.addEventListener("click", more);
addEventListener("popstate", show);
closeQuestions();
show();

/** What the page shows as it was built: its own address says so, its links are marked. */
function standing() {
  const state = { chosen: new Map(), sort: "", pages: 1 };
  const marked = (links) => [...links].filter(([, link]) => link.hasAttribute("aria-current")).map(([key]) => key);
  for (const [axis, links] of axes) if (marked(links)[0]) state.chosen.set(axis, new Set(marked(links)));
  state.sort = marked(sorts)[0] ?? "";
  return state;
}

/** What an address asks for; nothing when it is the page as it was built. */
function asked(address) {
  const query = new URLSearchParams(address.search);
  const state = { chosen: new Map(), sort: "", pages: Math.max(1, parseInt(query.get("page"), 10) || 1) };
  for (const [axis, links] of axes) {
    const keys = query.getAll(axis).map((word) => keyOf(axis, word, links)).filter(Boolean);
    if (keys[0]) state.chosen.set(axis, new Set(keys));
  }
  if (sorts.has(query.get("sort"))) state.sort = query.get("sort");
  return state.chosen.size || state.sort ? state : null;
}

/** In an address the key `size-a4` is `size=a4`. */
function wordOf(axis, key) {
  return key.startsWith(`${axis}-`) ? key.slice(axis.length + 1) : key;
}

function keyOf(axis, word, links) {
  return [...links.keys()].find((key) => wordOf(axis, key) === word);
}

function addressOf({ chosen, sort, pages = 1 }) {
  const query = new URLSearchParams();
  for (const [axis, keys] of chosen) for (const key of keys) query.append(axis, wordOf(axis, key));
  if (sort) query.set("sort", sort);
  if (pages > 1) query.set("page", pages);
  return home + (query.size ? `?${query}` : "");
}

/** The state after an answer was given, or taken back. */
function toggled(state, axis, key) {
  const chosen = new Map(state.chosen);
  const keys = new Set(chosen.get(axis));
  if (!keys.delete(key)) keys.add(key);
  if (keys.size) chosen.set(axis, keys);
  else chosen.delete(axis);
  return { chosen, sort: state.sort };
}

function follow(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isEmpty = !link.search;
  if (isEmpty && start.path !== home) return; // all of it is another page
  event.preventDefault();
  if (link.ariaDisabled === "true") return;
  const question = link.closest("details");
  if (question) closeQuestion(question);
  history.pushState(null, "", link.href);
  const chip = link.closest(".chosen");
  show().then(() => chip && found.focus());
}

/** Brings the page to what its address asks for. */
async function show() {
  const state = asked(location);
  const mine = ++turn;
  if (!state) return restore();
  mark(state); // at once, for the next answer may come before the cards
  results.setAttribute("aria-busy", "true");
  const all = await (collection ??= fetched()).catch(() => (collection = null));
  if (mine !== turn) return;
  results.removeAttribute("aria-busy");
  if (!all) return found.replaceChildren(_("This did not load. Please try again."));
  const places = chosenFrom(all, state.chosen).sort(orderBy(all, state.sort));
  results.replaceChildren(...grid(places.slice(0, state.pages * PAGE), all, places.length));
  found.textContent = found.dataset.words.replace("#", places.length);
  mark(state, all);
}

/** All cards: those of this page when it has all of them, otherwise those of the file that has. */
async function fetched() {
  const { cards } = root.dataset;
  const page = cards ? new DOMParser().parseFromString(await text(cards), "text/html") : document;
  const list = page.querySelector("[data-places]");
  const places = list.dataset.places.split(";").map((view) => view.split(":")).map(([key, at]) => [key, at.split(",").map(Number)]);
  return { cards: [...list.children].map((card) => document.importNode(card, true)), places: new Map(places) };
}

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

/** The places of the cards that have one of the answers on each axis; `except` leaves an axis out. */
function chosenFrom({ cards, places }, chosen, except) {
  let left = cards.map((_, place) => place);
  for (const [axis, keys] of chosen) {
    if (axis === except) continue;
    const fitting = new Set([...keys].flatMap((key) => places.get(key)));
    left = left.filter((place) => fitting.has(place));
  }
  return left;
}

function orderBy({ places }, sort) {
  const rank = new Map(places.get(sort)?.map((place, at) => [place, at]));
  return (one, other) => (rank.size ? rank.get(one) - rank.get(other) : one - other);
}

function grid(places, { cards }, total) {
  const list = document.createElement("ul");
  list.className = "grid";
  list.append(...places.map((place) => cards[place]));
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = _("Show # more").replace("#", Math.min(PAGE, total - places.length));
  const foot = document.createElement("p");
  foot.className = "more";
  foot.append(button);
  return places.length < total ? [list, foot] : [list];
}

function more(event) {
  if (!event.target.closest(".more")) return;
  const state = asked(location);
  const shown = results.querySelectorAll(".grid > li").length;
  history.replaceState(null, "", addressOf({ ...state, pages: state.pages + 1 }));
  show().then(() => results.querySelectorAll(".grid > li")[shown]?.querySelector("a").focus());
}

/** Marks what is chosen, and where each answer would lead from here. */
function mark(state, all) {
  for (const [axis, links] of axes) {
    const others = new Set(all && chosenFrom(all, state.chosen, axis));
    for (const [key, link] of links) {
      const isChosen = !!state.chosen.get(axis)?.has(key);
      link.href = addressOf(toggled(state, axis, key));
      setOrRemove(link, "aria-current", isChosen);
      if (!all) continue;
      const count = all.places.get(key).filter((place) => others.has(place)).length;
      link.querySelector("small").textContent = count;
      setOrRemove(link, "aria-disabled", !count && !isChosen);
    }
  }
  for (const [key, link] of sorts) {
    link.href = addressOf({ chosen: state.chosen, sort: key });
    setOrRemove(link, "aria-current", key === state.sort);
  }
  if (all) showChips(state);
}

function setOrRemove(link, name, isTrue) {
  if (isTrue) link.setAttribute(name, "true");
  else link.removeAttribute(name);
}

function showChips(state) {
  const items = [...state.chosen].flatMap(([axis, keys]) =>
    [...keys].map((key) => chip(axes.get(axis).get(key).firstChild.textContent.trim(), addressOf(toggled(state, axis, key)))));
  if (items.length > 1) items.push(chip(chips.dataset.all, addressOf({ chosen: new Map(), sort: state.sort }), "all"));
  chips.replaceChildren(...items);
}

function chip(title, address, kind = "") {
  const item = document.createElement("li"), link = document.createElement("a"), hidden = document.createElement("span");
  hidden.className = "unseen";
  hidden.textContent = kind ? "" : _("Without ");
  link.href = address;
  link.append(hidden, title);
  item.className = kind;
  item.append(link);
  return item;
}

/** The page as it was built; only its links lead to where they would combine. */
function restore() {
  results.removeAttribute("aria-busy");
  results.replaceChildren(...start.nodes);
  found.textContent = start.found;
  chips.innerHTML = start.chips;
  for (const links of axes.values())
    for (const link of links.values()) {
      link.removeAttribute("aria-disabled");
      link.dataset.count ??= link.querySelector("small").textContent;
      link.querySelector("small").textContent = link.dataset.count;
    }
  mark(start.state);
}

/** An open question closes when something else is pressed, or Escape. */
function closeQuestions() {
  const open = () => root.querySelector("details[open]");
  document.addEventListener("click", (event) => !event.target.closest("details") && open()?.removeAttribute("open"));
  root.addEventListener("keydown", (event) => event.key === "Escape" && open() && closeQuestion(open()));
}

function closeQuestion(question) {
  question.open = false;
  question.querySelector("summary").focus();
}
