import { HandoverKey, LogDayInput, LogExportInput } from '@zhidu/contract'
import { exportHandover, exportLogDay, exportLogXlsx, ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { DOCX_TYPE, downloadHeaders, XLSX_TYPE } from './file-response.ts'

/** A duty log as a list, a day of it and a handover as they are printed. */
export function createDutyLogRoutes(options: ApiOptions): Hono {
  const routes = new Hono()
  const demand = { permission: 'facts.read' } as const

  routes.get('/logs.xlsx', async (c) => {
    const about = { unitCode: c.req.query('unitCode') }
    const file = await answerTo(c, options, { action: 'export.log', demand, about }, (service) => {
      const parsed = LogExportInput.safeParse(c.req.query())
      if (!parsed.success) throw new ServiceError('invalid', 'invalid_request')
      const { lang: _, ...filter } = parsed.data
      return exportLogXlsx(service, filter, languageOf(c))
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/units/:unitCode/logs/:day/log.docx', async (c) => {
    const about = { unitCode: c.req.param('unitCode') }
    const file = await answerTo(c, options, { action: 'export.logDay', demand, about }, (service) => {
      const parsed = LogDayInput.safeParse({ ...about, day: c.req.param('day') })
      if (!parsed.success) throw new ServiceError('invalid', 'invalid_request')
      return exportLogDay(service, parsed.data)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  routes.get('/handovers/:handoverId/handover.docx', async (c) => {
    const about = { handoverId: c.req.param('handoverId') }
    const file = await answerTo(c, options, { action: 'export.handover', demand, about }, (service) => {
      const parsed = HandoverKey.safeParse(about)
      if (!parsed.success) throw new ServiceError('not_found', 'handover_unknown')
      return exportHandover(service, parsed.data)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  return routes
}
