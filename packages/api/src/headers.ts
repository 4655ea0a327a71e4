import type { MiddlewareHandler } from 'hono'

/** Scripts and styles from our own files alone; ECharts and Element Plus place things by style attributes. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "style-src-elem 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "manifest-src 'self'",
  "worker-src 'self'",
].join('; ')

/** Nothing of a device is ever asked for but by the inspector's pages; only names that a Chromium of 2021 knows, or it complains on every page. */
const DEVICE_FEATURES = [
  'accelerometer',
  'camera',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]

/** A spoken note, and the place of a check at its start and end; each still asks its user. */
const INSPECTOR_FEATURES = new Set(['geolocation', 'microphone'])
const INSPECTOR_PAGES = /^\/m(?:\/|$)/

function permissionsPolicy(isInspectors: boolean): string {
  return DEVICE_FEATURES.map(
    (feature) => `${feature}=${isInspectors && INSPECTOR_FEATURES.has(feature) ? '(self)' : '()'}`,
  ).join(', ')
}

const YEAR_SECONDS = 31_536_000

/** The headers of every answer, whatever it answers. `isHttps`: our pages are reached over https alone. */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy(false),
    'referrer-policy': 'same-origin',
    ...(isHttps && { 'strict-transport-security': `max-age=${YEAR_SECONDS}; includeSubDomains` }),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
  }
}

/** Nothing is kept by a browser or a proxy but what its handler says may be. */
export function setSecurityHeaders(isHttps: boolean): MiddlewareHandler {
  const headers = Object.entries(securityHeaders(isHttps))
  return async (c, next) => {
    await next()
    // On the answer itself: `c.header` would make it anew each time, and its text a stream.
    const borne = c.res.headers
    // A page that is one file brings a stricter policy of its own.
    const ownPolicy = borne.get('content-security-policy')
    for (const [name, value] of headers) borne.set(name, value)
    if (INSPECTOR_PAGES.test(c.req.path)) borne.set('permissions-policy', permissionsPolicy(true))
    if (ownPolicy !== null) borne.set('content-security-policy', ownPolicy)
    if (!borne.has('cache-control')) borne.set('cache-control', 'no-store')
  }
}
