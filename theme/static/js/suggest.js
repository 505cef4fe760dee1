import { search } from "./search.js";

const MOST = 6;

/** Suggests what there is while somebody types into a search box: a combobox with a list
    (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Enter without a choice leads to the search page as ever. */
export function suggest(box) {
  const list = addList(box);
  addStyle(box.form.dataset.style);
  const voice = addVoice(box);
  let turn = 0;

  box.addEventListener("input", look);
  box.addEventListener("focus", () => list.children[0] && box.value && open());
  box.addEventListener("keydown", onKey);
  box.form.addEventListener("focusout", ({ relatedTarget }) => box.form.contains(relatedTarget) || close());
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  look();

  async function look() {
    const words = box.value.trim();
    const mine = ++turn;
    if (!words) return show([], 0, "");
    const { found, total } = await search(words, MOST).catch(() => ({ found: [], total: 0 }));
    if (mine === turn) show(found, total, words);
  }

  function show(found, total, words) {
    const all = total > found.length ? [every(box, words, total)] : [];
    list.replaceChildren(...found.map(option), ...all);
    box.removeAttribute("aria-activedescendant");
    if (found[0]) open();
    else close();
    voice.textContent = words && (total === 1 ? _("# suggestion") : _("# suggestions")).replace("#", total);
  }

  function onKey(event) {
    const { key } = event;
    if (key === "Escape" && !list.hidden) {
      event.preventDefault(); // the words stay
      return close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && list.children[0]) {
      event.preventDefault();
      move(step);
    } else if (key === "Enter" && current()) {
      event.preventDefault();
      current().click();
    }
  }

  function current() {
    return list.hidden ? null : list.querySelector("[aria-selected=true]");
  }

  /** On to the next choice; before the first and after the last there is none, and the words themselves count. */
  function move(step) {
    open();
    const options = [...list.children];
    const at = options.indexOf(current());
    const next = options[at < 0 ? (step > 0 ? 0 : options.length - 1) : at + step];
    options.forEach((one) => one.setAttribute("aria-selected", one === next));
    if (next) box.setAttribute("aria-activedescendant", next.id);
    else box.removeAttribute("aria-activedescendant");
    next?.scrollIntoView({ block: "nearest" });
  }

  function open() {
    list.hidden = false;
    box.ariaExpanded = "true";
  }

  function close() {
    list.hidden = true;
    box.ariaExpanded = "false";
    box.removeAttribute("aria-activedescendant");
  }
}

function addStyle(address) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: address });
  document.head.append(link);
}

function addList(box) {
  const list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true, role: "listbox", ariaLabel: _("Suggestions") });
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-autocomplete", "list");
  Object.assign(box, { role: "combobox", ariaExpanded: "false" });
  box.form.append(list);
  return list;
}

function addVoice(box) {
  const line = document.createElement("p");
  Object.assign(line, { className: "unseen", role: "status" });
  box.form.append(line);
  return line;
}

function option({ url, title, price, image }, at) {
  const name = document.createElement("span"), cost = document.createElement("small");
  name.textContent = title;
  cost.textContent = price ?? "";
  return item(url, at, image ? picture(image) : document.createElement("i"), name, cost);
}

function every(box, words, total) {
  const address = `${box.form.action}?${new URLSearchParams({ q: words })}`;
  return item(address, MOST, _("See all # for “%”").replace("#", total).replace("%", () => words));
}

function item(address, at, ...content) {
  const one = document.createElement("li");
  Object.assign(one, { id: `suggestion-${at}`, role: "option", ariaSelected: "false" });
  one.append(...content);
  one.addEventListener("click", () => location.assign(address));
  return one;
}

function picture(address) {
  const image = new Image(48, 60);
  Object.assign(image, { src: address, alt: "" });
  return image;
}
