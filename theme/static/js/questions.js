/** Opens the question that the address names, names the one that is opened, and opens all for paper. */
const questions = document.querySelectorAll(".faq-item");
const named = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".faq-item");

function openNamed() {
  const question = named();
  if (!question) return;
  question.open = true;
  question.scrollIntoView();
}

document.addEventListener("click", ({ target }) => {
  const question = target.closest("summary")?.closest(".faq-item");
  if (question && !question.open) history.replaceState(null, "", `#${question.querySelector("[id]").id}`);
});
openNamed();
addEventListener("hashchange", openNamed);

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...questions].filter((question) => !question.open);
  for (const question of closed) question.open = true;
});
addEventListener("afterprint", () => {
  for (const question of closed) question.open = false;
});
