const zoom = document.getElementById("zoom");

/** Shows the picture that a link leads to over the page; another click shows it as large as it is. */
export function zoomIn(link) {
  const image = new Image();
  image.src = link.href;
  image.alt = link.querySelector("img").alt;
  image.onclick = () => image.classList.toggle("full");
  zoom.querySelector("img")?.remove();
  zoom.append(image);
  zoom.showModal();
}
