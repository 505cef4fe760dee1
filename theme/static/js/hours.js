/** Keeps every `data-now` line telling whether somebody answers now, by a timetable with its words. */
export function startHours(table) {
  const tell = () => {
    const text = sentence(new Date(), table);
    for (const line of document.querySelectorAll("[data-now]")) if (line.textContent !== text) line.textContent = text;
    setTimeout(tell, 60_000 - (Date.now() % 60_000));
  };
  tell();
}

/** The words for a moment: one of the timetable's sentences with its gaps filled. */
export function sentence(now, table) {
  const [word, gaps] = state(now, table.zone, spans(table.week), closures(table.closed));
  const written = (day, form) => new Intl.DateTimeFormat(table.locale, { timeZone: "UTC", ...form }).format(new Date(day));
  const filled = {
    ...gaps,
    day: () => written(gaps.on, { weekday: "short" }),
    date: () => written(gaps.on, { day: "numeric", month: "short" }),
  };
  return (table[word] ?? "").replace(/\{(\w+)\}/g, (_, gap) => filled[gap]?.call?.() ?? filled[gap] ?? "");
}

/** What is so at a moment by the shop's own clock, which alone counts: so nothing is to be reckoned when clocks change. */
function state(now, zone, week, closed) {
  const [today, time] = new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(now).split(" ");
  const away = (day) => closed.find(({ first, last }) => first <= day && day <= last);
  const hours = (day) => (away(day) ? [] : week.filter(({ first, last }) => first <= weekday(day) && weekday(day) <= last));
  const open = hours(today).find(({ opens, closes }) => opens <= time && time < closes);
  if (open) return until(open.closes, today, hours);
  for (let days = 0; days < 400; days++) {
    const on = after(today, days);
    const next = hours(on).find(({ opens }) => days || opens > time);
    if (next) return [nextWord(days, away(today)?.message), { on, time: next.opens, message: away(today)?.message }];
  }
  return ["none", {}];
}

/** Open past midnight when the next day goes on where this one ends; for a week on end means always. */
function until(time, day, hours) {
  for (let days = 1; time === "24:00"; days++) {
    const on = hours(after(day, days)).find(({ opens }) => opens === "00:00");
    if (!on) break;
    if (days > 7) return ["always", {}];
    time = on.closes;
  }
  return ["open", { time }];
}

function nextWord(days, message) {
  if (message) return "away";
  return ["today", "tomorrow"][days] ?? (days < 7 ? "day" : "date");
}

const after = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const weekday = (day) => (new Date(day).getUTCDay() + 6) % 7;

/** `0-4 09:00-17:00, 5-5 10:00-14:00`: weekdays from Monday, 0, and times. */
const spans = (text) =>
  [...text.matchAll(/(\d)-(\d) ([\d:]+)-([\d:]+)/g)].map(([, first, last, opens, closes]) => ({ first: +first, last: +last, opens, closes }));

/** A line each: the first day, the last day, and why. */
const closures = (text) => [...text.matchAll(/(\S{10}) (\S{10}) ?(.*)/g)].map(([, first, last, message]) => ({ first, last, message }));
