/** Lets the small pictures scroll to the large ones without adding to the browser's history. */
export function startGallery() {
  document.querySelector(".thumbs")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const slide = document.querySelector(link.hash);
    slide.parentElement.scrollTo({ left: slide.offsetLeft });
  });
}
