import { FileHash, InspectionId } from '@zhidu/contract'
import { type EvidenceContent, getEvidence, getFileStatus, receiveFilePart, ServiceError } from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'

const RECORDING = { permission: 'inspections.record' } as const
const READING = { permission: 'facts.read' } as const
const MAX_OFFSET = 50_000_000

/** Throws ServiceError `not_found` for what can name no file. */
function keyOf(c: Context): { readonly inspectionId: string; readonly sha256: string } {
  const inspectionId = InspectionId.safeParse(c.req.param('inspectionId'))
  const sha256 = FileHash.safeParse(c.req.param('sha256'))
  if (!inspectionId.success || !sha256.success) throw new ServiceError('not_found', 'inspection_file_none')
  return { inspectionId: inspectionId.data, sha256: sha256.data }
}

function offsetOf(c: Context): number {
  const text = c.req.query('offset') ?? '0'
  const offset = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(offset <= MAX_OFFSET)) throw new ServiceError('invalid', 'inspection_part_offset')
  return offset
}

/** Shown as what it is by its bytes, and as nothing else, whatever a browser might make of it. */
function evidenceHeaders({ type }: EvidenceContent, sha256: string): Record<string, string> {
  const [, ending = 'bin'] = type.split('/')
  return {
    'content-type': type,
    'content-disposition': `inline; filename="${sha256.slice(0, 16)}.${ending}"`,
    'content-security-policy': `default-src 'none'; img-src 'self'; media-src 'self'; sandbox`,
    'x-content-type-options': 'nosniff',
  }
}

/** Photos and recordings of checks: in parts, resumable, each named by its hash. */
export function createInspectionRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.put('/inspections/:inspectionId/:sha256', async (c) => {
    const about = { inspectionId: c.req.param('inspectionId') }
    const what = { action: 'inspection.file', demand: RECORDING, isChange: true, about }
    const receipt = await answerTo(c, options, what, async (service) => {
      const [key, offset] = [keyOf(c), offsetOf(c)]
      const content = new Uint8Array(await c.req.arrayBuffer())
      return await receiveFilePart(service, key, { offset, content })
    })
    return c.json(receipt)
  })

  routes.get('/inspections/:inspectionId/:sha256/status', async (c) => {
    const about = { inspectionId: c.req.param('inspectionId') }
    const what = { action: 'inspection.fileStatus', demand: READING, about }
    return c.json(await answerTo(c, options, what, async (service) => await getFileStatus(service, keyOf(c))))
  })

  routes.get('/inspections/:inspectionId/:sha256', async (c) => {
    const about = { inspectionId: c.req.param('inspectionId') }
    const what = { action: 'inspection.evidence', demand: READING, about }
    const evidence = await answerTo(c, options, what, async (service) => await getEvidence(service, keyOf(c)))
    return c.body(evidence.bytes, 200, evidenceHeaders(evidence, keyOf(c).sha256))
  })

  return routes
}
