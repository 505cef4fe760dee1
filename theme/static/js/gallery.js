const slides = document.querySelector(".slides");

/** Lets the small pictures scroll to the large ones, says which is seen, and shows each in full size over the page. */
export function startGallery() {
  document.querySelector(".thumbs")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault(); // nothing is added to the browser's history
    showPicture(document.querySelector(link.hash));
  });
  slides.addEventListener("scroll", markSeen, { passive: true });
  slides.addEventListener("click", async (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    (await import("./zoom.js")).zoomIn(link);
  });
}

/** Scrolls to a picture, wherever the page is. */
export function showPicture(slide) {
  slides.scrollTo({ left: slide.offsetLeft - slides.firstElementChild.offsetLeft });
}

function markSeen() {
  const at = Math.round(slides.scrollLeft / slides.firstElementChild.offsetWidth);
  document.querySelectorAll(".thumbs a").forEach((link, place) => link.toggleAttribute("aria-current", place === at));
}
