// Before a page is looked for: addresses are clean, `/a/b/` and never `/a/b/index.html`. This runs before the cache is
// asked, so one file has one place in it; publishing purges both the address as it was asked for and as it is now, for AWS
// does not say by which of them CloudFront goes. Files are kept by site: the origin of a live shop begins at `/main`, that of a sandbox does
// not, and the site is put before the path here.
const SITE = /^[a-z0-9-]{1,40}$/
const PREVIEW = /^\/_preview\/([a-z0-9-]{1,40})\/?$/

function handler(event) {
  const request = event.request
  const away = homewards(request) || (shop.previews && chosen(request))
  if (away) return away
  const name = request.uri.slice(request.uri.lastIndexOf('/') + 1)
  // `//host` and `/\host` lead to another site when a browser is sent there (R30); they are no address of ours.
  const odd = /\/\/|\\/.test(request.uri)
  if (name && name.indexOf('.') < 0 && !odd) return redirect(301, request.uri + '/' + query(request))
  request.uri = site(request) + written(request.uri) + (name ? '' : 'index.html')
  return request
}

// The folder of the site that somebody looks at in a sandbox: its shop, or the preview of a branch.
function site(request) {
  const cookie = request.cookies.preview
  if (!shop.previews) return ''
  return cookie && SITE.test(cookie.value) ? '/' + cookie.value : '/main'
}

// `/_preview/<branch>/` chooses a preview for this browser, `/_preview/main/` goes back.
function chosen(request) {
  const found = PREVIEW.exec(request.uri)
  if (!found) return null
  const answer = redirect(302, '/')
  const age = found[1] === 'main' ? 0 : 86400
  answer.headers['cache-control'] = { value: 'no-store' }
  answer.cookies = { preview: { value: found[1], attributes: 'Path=/; Max-Age=' + age + '; Secure; HttpOnly; SameSite=Lax' } }
  return answer
}

// A path written in one way, however it was encoded, so that purging it purges all of it. What cannot be read, or hides
// a slash, stays as it is: no file has such a name.
function written(path) {
  return path.split('/').map(rewritten).join('/')
}

function rewritten(part) {
  try {
    const plain = decodeURIComponent(part)
    return /[/\\]/.test(plain) ? part : encodeURIComponent(plain)
  } catch (error) {
    return part
  }
}
