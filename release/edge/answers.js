// After a file was found: what its metadata says of it becomes the answer. CloudFront does not ask for what S3 has not.
const OWN = /^\/(?![/\\])[\x21-\x7e]*$/

function handler(event) {
  const response = event.response
  const location = taken(response, 'x-amz-meta-location')
  const status = taken(response, 'x-amz-meta-status')
  // 304 says that what the browser has is right still, be it a redirect or a page that is gone.
  if (response.statusCode !== 200 && response.statusCode !== 206) return response
  if (location && OWN.test(location)) return moved(response, location)
  if (status === '404') {
    response.statusCode = 404
    response.statusDescription = 'Not Found'
  }
  return response
}

// An old address of a page: to the new one, within this shop (R30).
function moved(response, location) {
  response.statusCode = 301
  response.statusDescription = 'Moved Permanently'
  response.headers.location = { value: location }
  return response
}

function taken(response, name) {
  const found = response.headers[name]
  delete response.headers[name]
  return found ? found.value : ''
}
