import { options, search } from "./pagefind.js";

const ready = options({ baseUrl: "/" }); // addresses in the index are whole ones

/** Answers questions with the best results. It runs apart from every page, under a policy of its own. */
addEventListener("message", async ({ data: { id, words, limit } }) => {
  try {
    await ready;
    const { results } = await search(words);
    const found = await Promise.all(results.slice(0, limit).map((result) => result.data()));
    postMessage({ id, total: results.length, found: found.map(({ url, meta }) => ({ url, ...meta })) });
  } catch (error) {
    postMessage({ id, error: `${error}` });
  }
});
