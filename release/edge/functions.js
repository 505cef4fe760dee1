// Before a function is asked: only the name of the shop is mended.
function handler(event) {
  return homewards(event.request) || event.request
}
