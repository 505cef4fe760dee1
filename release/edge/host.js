// What all of the shop's edge functions share: one address for the shop, whichever name somebody came by.
// The first line of each function, which CloudFormation writes, says `const shop = { host, previews }`.
// CloudFront's runtime is not Node: it knows no `for … of`, for one, and answers 503 to everybody when it meets what it
// does not know. The tests run these files with njs, which is what it was made from.

// A redirect to the same address at the shop's own name, or null where the name is right. What is posted stays where it
// is: a redirect would lose the form, and a function refuses forms from elsewhere by itself.
function homewards(request) {
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!shop.host || !reads || request.headers.host.value === shop.host) return null
  return redirect(301, 'https://' + shop.host + request.uri + query(request))
}

function redirect(status, location) {
  return {
    statusCode: status,
    statusDescription: status === 301 ? 'Moved Permanently' : 'Found',
    headers: { location: { value: location } },
  }
}

// The query string as it was sent, which the runtime hands over in parts.
function query(request) {
  const parts = []
  for (const name in request.querystring) {
    const one = request.querystring[name]
    const values = one.multiValue || [one]
    values.forEach((each) => parts.push(each.value === '' ? name : name + '=' + each.value))
  }
  return parts.length ? '?' + parts.join('&') : ''
}
