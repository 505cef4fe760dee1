/* Read and run where the page names it, before anything below is shown: so a notice that is due moves nothing. */
{
  const bar = document.currentScript.previousElementSibling;
  const today = new Date().toLocaleDateString("sv", { timeZone: bar.dataset.zone });
  for (const notice of bar.children) notice.hidden = today < notice.dataset.first || notice.dataset.last < today;
  bar.hidden = !bar.querySelector(":scope > :not([hidden])");
}
