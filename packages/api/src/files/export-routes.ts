import {
  IndicatorGroupExportInput,
  IndicatorTrendExportInput,
  InspectionQualityExportInput,
  KindKey,
  LeagueExportInput,
  ObligationExportInput,
  QuarterExportInput,
  QuarterText,
  RosterHoursExportInput,
  UnitExportInput,
} from '@zhidu/contract'
import {
  exportAccessXlsx,
  exportFunnel,
  exportInspectionQuality,
  exportKind,
  exportLeagueXlsx,
  exportObligationsXlsx,
  exportQuarterZip,
  exportRosterHours,
  exportTrend,
  exportUnitDeductionsXlsx,
  makeTemplateXlsx,
  ServiceError,
} from '@zhidu/services'
import { QUALITY_WINDOWS } from '@zhidu/domain'
import { Hono } from 'hono'
import { z } from 'zod'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { CSV_TYPE, downloadHeaders, XLSX_TYPE } from './file-response.ts'

const QuarterFile = /^(\d{4}Q\d)-(\d{1,4})\.zip$/
const KindFile = /^([a-z]+)\.(csv|xlsx)$/
/** Formats of tables that are computed, not records to read back. */
const SHEETS = [
  ['xlsx', XLSX_TYPE],
  ['csv', CSV_TYPE],
] as const
const ExportQuery = z.strictObject({
  lang: z.string().max(20).optional(),
  quarter: QuarterText.optional(),
  /** Why names and numbers of people are wanted. */
  reason: z.string().trim().min(4).max(200).optional(),
})

function kindOf(text: string | undefined): z.infer<typeof KindKey> {
  const kind = KindKey.safeParse(text)
  if (!kind.success) throw new ServiceError('not_found', 'kind_unknown', { kind: text ?? '' })
  return kind.data
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new ServiceError('invalid', 'invalid_request')
  return parsed.data
}

/** Downloads: the table as Excel, templates, and every kind of file as `import` reads it back. */
export function createExportRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/templates/:file', async (c) => {
    const [, kind, format] = KindFile.exec(c.req.param('file')) ?? []
    const demand = { permission: ['facts.import', 'units.write'] } as const
    const file = await answerTo(c, options, { action: 'import.template', demand, about: { kind } }, (service) => {
      if (format !== 'xlsx') throw new ServiceError('not_found', 'unknown_request')
      return makeTemplateXlsx(service, { kind: kindOf(kind), language: languageOf(c) })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/export/:file', async (c) => {
    const [, kind, format] = KindFile.exec(c.req.param('file')) ?? []
    const demand = { permission: 'facts.export' } as const
    const file = await answerTo(c, options, { action: 'export.kind', demand, about: { kind } }, (service) => {
      const { quarter, reason } = parse(ExportQuery, c.req.query())
      return exportKind(service, { kind: kindOf(kind), format: format === 'csv' ? 'csv' : 'xlsx', quarter, reason })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, format === 'csv' ? CSV_TYPE : XLSX_TYPE))
  })

  routes.get('/league.xlsx', async (c) => {
    const about = { group: c.req.query('group') }
    const demand = { permission: 'comparison' } as const
    const file = await answerTo(c, options, { action: 'export.league', demand, about }, (service) =>
      exportLeagueXlsx(service, parse(LeagueExportInput, c.req.query()), languageOf(c)),
    )
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/obligations.xlsx', async (c) => {
    const about = { quarter: c.req.query('quarter') }
    const demand = { permission: 'facts.read' } as const
    const file = await answerTo(c, options, { action: 'export.obligations', demand, about }, (service) => {
      const { lang: _, preReported, reopened, ...filter } = parse(ObligationExportInput, c.req.query())
      const flags = {
        ...(preReported === undefined ? {} : { preReported: true as const }),
        ...(reopened === undefined ? {} : { reopened: true as const }),
      }
      return exportObligationsXlsx(service, { ...filter, ...flags }, languageOf(c))
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/units/:unitCode/deductions.xlsx', async (c) => {
    const about = { unitCode: c.req.param('unitCode') }
    const demand = { permission: 'facts.read' } as const
    const file = await answerTo(c, options, { action: 'export.deductions', demand, about }, (service) =>
      exportUnitDeductionsXlsx(service, parse(UnitExportInput, { ...c.req.query(), ...about }), languageOf(c)),
    )
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/rosters/:unitCode/hours.xlsx', async (c) => {
    const about = { unitCode: c.req.param('unitCode') }
    const demand = { permission: 'facts.read' } as const
    const file = await answerTo(c, options, { action: 'export.rosterHours', demand, about }, (service) => {
      const { lang: _, ...asked } = parse(RosterHoursExportInput, { ...c.req.query(), ...about })
      return exportRosterHours(service, asked, languageOf(c))
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  for (const [format, type] of SHEETS) {
    routes.get(`/funnel.${format}`, async (c) => {
      const about = { group: c.req.query('group') }
      const demand = { permission: 'comparison' } as const
      const file = await answerTo(c, options, { action: 'export.funnel', demand, about }, (service) => {
        const { lang: _, ...asked } = parse(IndicatorGroupExportInput, c.req.query())
        return exportFunnel(service, asked, { format, language: languageOf(c) })
      })
      return c.body(file.body, 200, downloadHeaders(file.fileName, type))
    })

    routes.get(`/units/:unitCode/trend.${format}`, async (c) => {
      const about = { unitCode: c.req.param('unitCode') }
      const demand = { permission: 'facts.read' } as const
      const file = await answerTo(c, options, { action: 'export.trend', demand, about }, (service) => {
        const { lang: _, ...asked } = parse(IndicatorTrendExportInput, { ...c.req.query(), ...about })
        return exportTrend(service, asked, { format, language: languageOf(c) })
      })
      return c.body(file.body, 200, downloadHeaders(file.fileName, type))
    })
  }

  routes.get('/inspection-quality.xlsx', async (c) => {
    const about = { quarter: c.req.query('quarter') }
    const demand = { permission: 'draws.read' } as const
    const file = await answerTo(c, options, { action: 'export.inspectionQuality', demand, about }, (service) => {
      const { quarter, quarters } = parse(InspectionQualityExportInput, c.req.query())
      const asked = { quarter, quarters: QUALITY_WINDOWS.find((one) => String(one) === quarters) ?? 1 }
      return exportInspectionQuality(service, asked, languageOf(c))
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/access.xlsx', async (c) => {
    const demand = { permission: 'access.inspect' } as const
    const file = await answerTo(c, options, { action: 'export.access', demand }, (service) =>
      exportAccessXlsx(service, languageOf(c)),
    )
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.get('/quarters/:file', async (c) => {
    const [, quarter, version] = QuarterFile.exec(c.req.param('file')) ?? []
    const demand = { permission: 'quarters.freeze' } as const
    const file = await answerTo(c, options, { action: 'export.quarter', demand, about: { quarter } }, (service) => {
      const asked = parse(QuarterExportInput, { ...c.req.query(), quarter, version: Number(version) })
      return exportQuarterZip(service, asked)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, 'application/zip'))
  })

  return routes
}
