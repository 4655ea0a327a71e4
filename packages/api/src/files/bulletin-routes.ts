import { BulletinFileInput } from '@zhidu/contract'
import { exportBulletinFile, ServiceError } from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { DOCX_TYPE, downloadHeaders, XLSX_TYPE } from './file-response.ts'

const BulletinId = z.uuid()
const AnnexName = /^annex-\d{1,4}\.xlsx$/

/** A bulletin as its Word file and its annexes. */
export function createBulletinRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  async function answer(c: Context, bulletin: string, name: string, type: string): Promise<Response> {
    const about = { bulletinId: bulletin }
    const demand = { permission: 'bulletins.read' } as const
    const file = await answerTo(c, options, { action: 'bulletin.file', demand, about }, (service) => {
      const bulletinId = BulletinId.safeParse(bulletin)
      const asked = BulletinFileInput.safeParse(c.req.query())
      if (!bulletinId.success) throw new ServiceError('not_found', 'bulletin_unknown')
      if (!asked.success) throw new ServiceError('invalid', 'invalid_request')
      const { paper = 'a3' } = asked.data
      return exportBulletinFile(service, { bulletinId: bulletinId.data, file: name, paper })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, type))
  }

  routes.get('/bulletins/:bulletinId/bulletin.docx', (c) =>
    answer(c, c.req.param('bulletinId'), 'bulletin.docx', DOCX_TYPE),
  )
  routes.get('/bulletins/:bulletinId/annexes/:file', (c) => {
    const name = c.req.param('file')
    // What is no name of an annex names none.
    return answer(c, c.req.param('bulletinId'), AnnexName.test(name) ? name : '', XLSX_TYPE)
  })

  return routes
}
