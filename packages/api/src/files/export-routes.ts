import { KindKey, LeagueExportInput, QuarterText, UnitInput } from '@zhidu/contract'
import { exportKind, exportLeagueXlsx, exportUnitDeductionsXlsx, makeTemplateXlsx, ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import type { z } from 'zod'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { CSV_TYPE, downloadHeaders, XLSX_TYPE } from './file-response.ts'

const KindFile = /^([a-z]+)\.(csv|xlsx)$/
const OptionalQuarter = QuarterText.optional()

function kindOf(text: string | undefined): z.infer<typeof KindKey> {
  const kind = KindKey.safeParse(text)
  if (!kind.success) throw new ServiceError('not_found', 'kind_unknown', { kind: text ?? '' })
  return kind.data
}

/** Downloads: the table as Excel, templates, and every kind of file as `import` reads it back. */
export function createExportRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/templates/:file', async (c) => {
    const [, kind, format] = KindFile.exec(c.req.param('file')) ?? []
    if (format !== 'xlsx') throw new ServiceError('not_found', 'unknown_request')
    const file = await makeTemplateXlsx(options.service, { kind: kindOf(kind), language: languageOf(c) })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/export/:file', async (c) => {
    const [, kind, format] = KindFile.exec(c.req.param('file')) ?? []
    const quarter = OptionalQuarter.safeParse(c.req.query('quarter'))
    if (!quarter.success) throw new ServiceError('invalid', 'invalid_request')
    const file = await exportKind(options.service, {
      kind: kindOf(kind),
      format: format === 'csv' ? 'csv' : 'xlsx',
      quarter: quarter.data,
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, format === 'csv' ? CSV_TYPE : XLSX_TYPE))
  })

  routes.get('/league.xlsx', async (c) => {
    const input = LeagueExportInput.safeParse(c.req.query())
    if (!input.success) throw new ServiceError('invalid', 'invalid_request')
    const file = await exportLeagueXlsx(options.service, input.data, languageOf(c))
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/units/:unitCode/deductions.xlsx', async (c) => {
    const input = UnitInput.safeParse({ ...c.req.query(), unitCode: c.req.param('unitCode') })
    if (!input.success) throw new ServiceError('invalid', 'invalid_request')
    const file = await exportUnitDeductionsXlsx(options.service, input.data, languageOf(c))
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  return routes
}
