const waiting = new Map();
let worker;
let asked = 0;

/** Looks for words in the whole shop. Gives how many things were found and the best of them: url, title, price, image. */
export function search(words, limit) {
  worker ??= start();
  const id = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, words, limit });
  });
}

function start() {
  const made = new Worker("/search/pagefind/worker.js", { type: "module" });
  made.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) reject(new Error(data.error));
    else resolve(data);
  });
  made.addEventListener("error", () => {
    waiting.forEach(({ reject }) => reject(new Error("the search did not start")));
    waiting.clear();
    worker = null;
  });
  return made;
}
