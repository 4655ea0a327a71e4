import { DutyRoomInput, DutyRoomsExportInput, FileHash } from '@zhidu/contract'
import { exportDutyRooms, getRoomFile, receiveRoomFilePart, ServiceError } from '@zhidu/services'
import { type Context, Hono } from 'hono'
import { answerTo } from '../caller.ts'
import type { ApiOptions } from '../context.ts'
import { languageOf } from '../language.ts'
import { downloadHeaders, XLSX_TYPE } from './file-response.ts'
import { evidenceHeaders, offsetOf } from './parts-request.ts'

/** The unit to its own room, the office to those one level below. */
const BRINGING = { permission: ['duty.keep', 'duty.oversee'] } as const
const READING = { permission: 'facts.read' } as const

/** Throws ServiceError `not_found` for what can name no file. */
function keyOf(c: Context): { readonly unitCode: string; readonly sha256: string } {
  const unit = DutyRoomInput.safeParse({ unitCode: c.req.param('unitCode') })
  const sha256 = FileHash.safeParse(c.req.param('sha256'))
  if (!unit.success || !sha256.success) throw new ServiceError('not_found', 'inspection_file_none')
  return { unitCode: unit.data.unitCode, sha256: sha256.data }
}

function officeOf(c: Context): string {
  const office = DutyRoomInput.safeParse({ unitCode: c.req.param('officeCode') })
  if (!office.success) throw new ServiceError('not_found', 'inspection_file_none')
  return office.data.unitCode
}

/** Evidence of duty rooms: in parts, resumable, each named by its hash; and the list of rooms as a workbook. */
export function createDutyRoomRoutes(options: ApiOptions): Hono {
  const routes = new Hono()

  routes.put('/duty-rooms/:unitCode/:sha256', async (c) => {
    const about = { unitCode: c.req.param('unitCode') }
    const what = { action: 'dutyRoom.file', demand: BRINGING, isChange: true, about }
    const receipt = await answerTo(c, options, what, async (service) => {
      const [key, offset] = [keyOf(c), offsetOf(c)]
      const content = new Uint8Array(await c.req.arrayBuffer())
      return await receiveRoomFilePart(service, key, { offset, content })
    })
    return c.json(receipt)
  })

  routes.get('/duty-rooms/:unitCode/:officeCode/:sha256', async (c) => {
    const about = { unitCode: c.req.param('unitCode') }
    const what = { action: 'dutyRoom.evidence', demand: READING, about }
    const evidence = await answerTo(c, options, what, async (service) =>
      getRoomFile(service, { ...keyOf(c), officeCode: officeOf(c) }),
    )
    return c.body(evidence.bytes, 200, evidenceHeaders(evidence.type, keyOf(c).sha256))
  })

  routes.get('/duty-rooms.xlsx', async (c) => {
    const what = { action: 'export.dutyRooms', demand: READING }
    const file = await answerTo(c, options, what, (service) => {
      if (!DutyRoomsExportInput.safeParse(c.req.query()).success) throw new ServiceError('invalid', 'invalid_request')
      return exportDutyRooms(service, languageOf(c))
    })
    return c.body(file.body, 200, downloadHeaders(file.fileName, XLSX_TYPE))
  })

  return routes
}
