import { BulletinFileInput } from '@zhidu/contract'
import { exportBulletinFile, ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import { z } from 'zod'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { DOCX_TYPE, downloadHeaders, XLSX_TYPE } from './file-response.ts'

const BulletinId = z.uuid()
const FileName = /^(bulletin\.docx|annex-\d{1,4}\.xlsx)$/

/** A bulletin as its Word file and its annexes. */
export function createBulletinRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/bulletins/:bulletinId/:file', async (c) => {
    const about = { bulletinId: c.req.param('bulletinId') }
    const name = c.req.param('file')
    const demand = { permission: 'bulletins.read' } as const
    const file = await answerTo(c, options, { action: 'bulletin.file', demand, about }, (service) => {
      const bulletinId = BulletinId.safeParse(about.bulletinId)
      const asked = BulletinFileInput.safeParse(c.req.query())
      if (!bulletinId.success || !FileName.test(name)) throw new ServiceError('not_found', 'bulletin_unknown')
      if (!asked.success) throw new ServiceError('invalid', 'invalid_request')
      return exportBulletinFile(service, {
        bulletinId: bulletinId.data,
        file: name,
        paper: asked.data.paper ?? 'a3',
      })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, name.endsWith('.docx') ? DOCX_TYPE : XLSX_TYPE))
  })

  return routes
}
