import {
  BLANK_FORMS,
  CHECK_FORMS,
  exportBlankForm,
  exportCheckForm,
  exportEventReport,
  ServiceError,
} from '@zhidu/services'
import { Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { DOCX_TYPE, downloadHeaders } from './file-response.ts'

const MAX_CODE = 200

/** Official forms as Word: about a check, about an event, and empty ones. */
export function createFormRoutes(options: ApiOptions): Hono {
  const routes = new Hono()
  const demand = { permission: 'facts.read' } as const

  for (const form of CHECK_FORMS) {
    routes.get(`/checks/:checkCode/${form}.docx`, async (c) => {
      const about = { checkCode: c.req.param('checkCode').slice(0, MAX_CODE) }
      const file = await answerTo(c, options, { action: 'export.checkForm', demand, about }, (service) =>
        exportCheckForm(service, { ...about, form }),
      )
      return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
    })
  }

  routes.get('/events/:eventCode/report.docx', async (c) => {
    const about = { eventCode: c.req.param('eventCode').slice(0, MAX_CODE) }
    const file = await answerTo(c, options, { action: 'export.eventReport', demand, about }, (service) =>
      exportEventReport(service, { ...about, receiptCode: c.req.query('receipt') ?? null }),
    )
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  routes.get('/forms/:file', async (c) => {
    const form = BLANK_FORMS.find((one) => `${one}.docx` === c.req.param('file'))
    const file = await answerTo(c, options, { action: 'export.form', demand }, (service) => {
      if (form === undefined) throw new ServiceError('not_found', 'unknown_request')
      return exportBlankForm(service, form)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  return routes
}
