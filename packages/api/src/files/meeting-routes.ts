import { MeetingKey, MeetingSheetInput } from '@zhidu/contract'
import { exportMeetingSheet, exportMinutes, ServiceError } from '@zhidu/services'
import { Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { DOCX_TYPE, downloadHeaders } from './file-response.ts'

/** Minutes of a meeting, and the page of one unit, as Word files. */
export function createMeetingRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.get('/meetings/:meetingId/minutes.docx', async (c) => {
    const about = { meetingId: c.req.param('meetingId') }
    const what = { action: 'meeting.minutesFile', demand: { permission: 'meetings.read' }, about } as const
    const file = await answerTo(c, options, what, (service) => {
      const key = MeetingKey.safeParse(about)
      if (!key.success) throw new ServiceError('not_found', 'meeting_unknown')
      return exportMinutes(service, key.data)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  routes.get('/meetings/:meetingId/units/:unitCode/sheet.docx', async (c) => {
    const about = { meetingId: c.req.param('meetingId'), unitCode: c.req.param('unitCode') }
    const what = { action: 'meeting.sheetFile', demand: { permission: 'facts.read' }, about } as const
    const file = await answerTo(c, options, what, (service) => {
      const key = MeetingSheetInput.safeParse(about)
      if (!key.success) throw new ServiceError('not_found', 'meeting_unknown')
      return exportMeetingSheet(service, key.data)
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, DOCX_TYPE))
  })

  return routes
}
