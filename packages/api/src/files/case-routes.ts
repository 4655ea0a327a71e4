import { FileHash, SupervisionCaseKey } from '@zhidu/contract'
import { getCaseFile, getCaseFileStatus, receiveCaseFilePart, ServiceError } from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { evidenceHeaders, offsetOf } from './parts-request.ts'

/** The unit to any of its cases; the office to those it opened on a suspicion. */
const BRINGING = { permission: ['cases.answer', 'cases.handle'] } as const
const READING = { permission: 'facts.read' } as const

/** Throws ServiceError `not_found` for what can name no file. */
function keyOf(c: Context): { readonly caseId: string; readonly sha256: string } {
  const caseId = SupervisionCaseKey.shape.caseId.safeParse(c.req.param('caseId'))
  const sha256 = FileHash.safeParse(c.req.param('sha256'))
  if (!caseId.success || !sha256.success) throw new ServiceError('not_found', 'inspection_file_none')
  return { caseId: caseId.data, sha256: sha256.data }
}

/** What is brought in cases: in parts, resumable, each named by its hash. */
export function createCaseRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.put('/cases/:caseId/:sha256', async (c) => {
    const about = { caseId: c.req.param('caseId') }
    const what = { action: 'case.file', demand: BRINGING, isChange: true, about }
    const receipt = await answerTo(c, options, what, async (service) => {
      const [key, offset] = [keyOf(c), offsetOf(c)]
      const content = new Uint8Array(await c.req.arrayBuffer())
      return await receiveCaseFilePart(service, key, { offset, content })
    })
    return c.json(receipt)
  })

  routes.get('/cases/:caseId/:sha256/status', async (c) => {
    const about = { caseId: c.req.param('caseId') }
    const what = { action: 'case.fileStatus', demand: READING, about }
    return c.json(await answerTo(c, options, what, async (service) => await getCaseFileStatus(service, keyOf(c))))
  })

  routes.get('/cases/:caseId/:sha256', async (c) => {
    const about = { caseId: c.req.param('caseId') }
    const what = { action: 'case.evidence', demand: READING, about }
    const evidence = await answerTo(c, options, what, async (service) => await getCaseFile(service, keyOf(c)))
    return c.body(evidence.bytes, 200, evidenceHeaders(evidence.type, keyOf(c).sha256))
  })

  return routes
}
