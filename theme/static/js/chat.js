/** Opens the chat in a small window of its own. Before that click nothing is asked of whoever runs it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-chat]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href, "_blank", "popup,noopener,width=420,height=680");
});
