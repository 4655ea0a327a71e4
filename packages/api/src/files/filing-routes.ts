import { FileHash, FilingGetInput, FilingKey, HolidayKeyText } from '@zhidu/contract'
import {
  CALENDAR_FORMATS,
  exportFilingForm,
  exportFilings,
  exportHolidays,
  exportPeriods,
  getFilingSource,
  readCalendarPack,
  readFormFile,
  ServiceError,
} from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { DOCX_TYPE, downloadHeaders, XLSX_TYPE } from './file-response.ts'

const READING = { permission: 'facts.read' } as const
const KEEPING = { permission: 'duty.keep' } as const
const OVERSEEING = { permission: ['duty.oversee', 'calendar.write'] } as const
const MAX_NAME = 255
const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json', xlsx: XLSX_TYPE } as const
/** Of a file that somebody brought: handed over as bytes, whatever it says it is. */
const BYTES = 'application/octet-stream'

function unknown(): ServiceError {
  return new ServiceError('not_found', 'unknown_request')
}

/** Throws ServiceError `not_found` for what can name no form. */
function keyOf(c: Context): FilingKey {
  const key = FilingKey.safeParse({ holiday: c.req.param('holiday'), form: c.req.param('form') })
  if (!key.success) throw unknown()
  return key.data
}

/** Word and Excel of filings, the files that forms and calendars are read from, and calendars as files. */
export function createFilingRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.post('/filings/:holiday/:form', async (c) => {
    const about = { holiday: c.req.param('holiday'), form: c.req.param('form') }
    const what = { action: 'filing.readFile', demand: KEEPING, isChange: true, about }
    const read = await answerTo(c, options, what, async (service) => {
      const key = keyOf(c)
      const fileName = (c.req.query('fileName') ?? '').slice(0, MAX_NAME) || key.form
      return await readFormFile(service, { ...key, fileName, content: new Uint8Array(await c.req.arrayBuffer()) })
    })
    return c.json(read)
  })

  routes.get('/filings/:holiday/:form/form.docx', async (c) => {
    const unitCode = c.req.query('unit')
    const about = { holiday: c.req.param('holiday'), form: c.req.param('form'), unitCode }
    const file = await answerTo(c, options, { action: 'export.filing', demand: READING, about }, (service) => {
      const input = FilingGetInput.safeParse({ ...keyOf(c), ...(unitCode === undefined ? {} : { unitCode }) })
      if (!input.success) throw unknown()
      return exportFilingForm(service, input.data)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  routes.get('/filings/:holiday/:form/sources/:sha256', async (c) => {
    const about = { holiday: c.req.param('holiday'), form: c.req.param('form') }
    const file = await answerTo(c, options, { action: 'filing.source', demand: KEEPING, about }, (service) => {
      const sha256 = FileHash.safeParse(c.req.param('sha256'))
      if (!sha256.success) throw unknown()
      return getFilingSource(service, { ...keyOf(c), sha256: sha256.data })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, BYTES))
  })

  routes.get('/filings/:holiday/list.xlsx', async (c) => {
    const about = { holiday: c.req.param('holiday') }
    const file = await answerTo(c, options, { action: 'export.filings', demand: READING, about }, (service) => {
      const holiday = HolidayKeyText.safeParse(about.holiday)
      if (!holiday.success) throw unknown()
      return exportFilings(service, { holiday: holiday.data, language: languageOf(c) })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  routes.post('/calendar/pack', async (c) => {
    const what = { action: 'calendar.readPack', demand: OVERSEEING }
    const read = await answerTo(c, options, what, async (service) =>
      readCalendarPack(service, new Uint8Array(await c.req.arrayBuffer())),
    )
    return c.json(read)
  })

  routes.get('/calendar/years/:file', async (c) => {
    const [, year = '', ending] = /^(19[7-9]\d|2[01]\d\d)\.(csv|xlsx|json)$/.exec(c.req.param('file')) ?? []
    const format = CALENDAR_FORMATS.find((one) => one === ending)
    const what = { action: 'export.calendar', demand: READING, about: { year } }
    const file = await answerTo(c, options, what, (service) => {
      if (format === undefined) throw unknown()
      return exportHolidays(service, { year: Number(year), format })
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, TYPES[format ?? 'csv']))
  })

  for (const format of ['csv', 'xlsx'] as const) {
    routes.get(`/calendar/periods.${format}`, async (c) => {
      const file = await answerTo(c, options, { action: 'export.periods', demand: READING }, (service) =>
        exportPeriods(service, { format }),
      )
      return c.body(file.body, 200, downloadHeaders(file.fileName, TYPES[format]))
    })
  }

  return routes
}
