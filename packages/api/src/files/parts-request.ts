import { ServiceError } from '@zhidu/services'
import type { Context } from 'hono'

const MAX_OFFSET = 50_000_000

/** From which byte on a part goes. Throws ServiceError `invalid` for what is no such place. */
export function offsetOf(c: Context): number {
  const text = c.req.query('offset') ?? '0'
  const offset = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(offset <= MAX_OFFSET)) throw new ServiceError('invalid', 'inspection_part_offset')
  return offset
}

/** Of a file that somebody brought: it shows itself, and does nothing. */
export const EVIDENCE_POLICY = `default-src 'none'; img-src 'self'; media-src 'self'; sandbox`

/** Shown as what it is by its bytes, and as nothing else, whatever a browser might make of it. */
export function evidenceHeaders(type: string, sha256: string): Record<string, string> {
  const [, ending = 'bin'] = type.split('/')
  // A browser's own viewer of documents does not run in a sandbox.
  const place = type === 'application/pdf' ? 'attachment' : 'inline'
  return {
    'content-type': type,
    'content-disposition': `${place}; filename="${sha256.slice(0, 16)}.${ending}"`,
    'content-security-policy': EVIDENCE_POLICY,
    'x-content-type-options': 'nosniff',
  }
}
