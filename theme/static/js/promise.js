const DAY = 86_400_000; // milliseconds
const FURTHEST = 300; // days, as in functions/shop/promise.py

/**
 * Keeps a line saying when it arrives, as functions/shop/promise_text.py says it; what the page came with when nobody knows.
 * `shop` is what promised.js has; a product with handling of its own has it in the line: `3 5`.
 */
export function startPromise(line, shop) {
  if (!shop) return;
  const still = line.textContent;
  const data = { ...shop, rule: shop.rule.replace(/(?<=^\d+ )\d+ \d+/, line.dataset.arrives || "$&") };
  const tell = () => {
    const text = sentence(data, Date.now()) || still;
    if (line.textContent !== text) line.textContent = text;
    setTimeout(tell, 60_000 - (Date.now() % 60_000));
  };
  tell();
}

/** The words for a moment. */
export function sentence({ zone, rule, closed, words }, now) {
  const found = promise(zone, rule, closed, now);
  if (!found) return "";
  const [always, soon, hours, minutes, begins, withinEnd, beginsMonth, ends, ...names] = words.split("|");
  const date = (day) => new Date(day * DAY).toISOString().slice(5, 10).split("-");
  const written = (day, pattern) => {
    const [MM, dd] = date(day);
    const gaps = { E: names[(day + 3) % 7], d: +dd, dd, M: +MM, MM, MMM: names[+MM + 6] };
    return pattern.replace(/{(\w+)}/g, (_, gap) => gaps[gap]);
  };
  const [, from, to, until] = found;
  const [first, last] = date(from)[0] === date(to)[0] ? [begins, withinEnd] : [beginsMonth, ends];
  const days = from === to ? written(to, ends) : written(from, first) + written(to, last);
  const left = Math.floor((until - now) / 60_000);
  const most = Math.max(left, 1);
  const time = [most >= 60 && hours.replace("{count}", Math.floor(most / 60)), most % 60 && minutes.replace("{count}", most % 60)];
  return (left < 1440 ? soon : always).replace("{time}", time.filter(Boolean).join(" ")).replace("{days}", days);
}

/** Days since 1970 on which it leaves at the latest and arrives at the earliest and latest, and until when (milliseconds). */
export function promise(zone, rule, closed, now) {
  const [cut, least, most, quick, slow, known, release, packs, carries] = rule.split(" ");
  const clock = new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const local = (moment) => Date.parse(clock.format(moment).replace(" ", "T") + "Z");
  const moment = (wall) => {
    const before = wall - local(wall - DAY) + wall - DAY; // by the clock of the day before; another hour if it was changed
    const after = wall - local(before) + before;
    return local(after) === wall ? after : before;
  };
  const cutOff = (day) => moment(day * DAY + cut * 60_000);
  const today = Math.floor(local(now) / DAY);
  const until = Math.min(known, today + FURTHEST);
  const [home, abroad, away, shut] = closed.split("/").map((list) => {
    const spans = [...list.matchAll(/(\d+)-?(\d*)/g)].map(([, first, last]) => [known - first, known - (last || first)]);
    return (day) => spans.some(([first, last]) => first <= day && day <= last);
  });
  const working = (weekdays, ...off) => (day, count) => {
    for (day += count > 0; day <= until; day++)
      if (weekdays.includes((day + 3) % 7) && !off.some((is) => is(day)) && --count < 1) return day;
    return Infinity;
  };
  const packing = working(packs, home, away), leaving = working(carries, home, away), moving = working(carries, home, abroad);
  const dates = (packed) => {
    const late = leaving(packing(packed, most), 0);
    return [late, moving(leaving(packing(packed, least), 0), quick), moving(late, slow)];
  };
  if (shut(today)) return;
  let packed = packing(Math.max(release, packing(today, now < cutOff(today) ? 0 : 1)), 0);
  const found = dates(packed);
  if (found.includes(Infinity)) return;
  for (let later = packed; `${dates(later)}` === `${found}`; later = packing(later, 1)) packed = later;
  for (let day = today + 1; day <= packed; day++) if (shut(day)) return [...found, moment(day * DAY)];
  return [...found, cutOff(packed)];
}
