import { FileHash, InspectionId } from '@zhidu/contract'
import { getEvidence, getFileStatus, receiveFilePart, ServiceError } from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { evidenceHeaders, offsetOf } from './parts-request.ts'

const RECORDING = { permission: 'inspections.record' } as const
const READING = { permission: 'facts.read' } as const

/** Throws ServiceError `not_found` for what can name no file. */
function keyOf(c: Context): { readonly inspectionId: string; readonly sha256: string } {
  const inspectionId = InspectionId.safeParse(c.req.param('inspectionId'))
  const sha256 = FileHash.safeParse(c.req.param('sha256'))
  if (!inspectionId.success || !sha256.success) throw new ServiceError('not_found', 'inspection_file_none')
  return { inspectionId: inspectionId.data, sha256: sha256.data }
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
    return c.body(evidence.bytes, 200, evidenceHeaders(evidence.type, keyOf(c).sha256))
  })

  return routes
}
