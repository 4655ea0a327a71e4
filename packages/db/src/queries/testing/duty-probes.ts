import { asReadonly } from '../../db.ts'
import { listDutyRoomFileParts, listDutyRoomFiles } from '../duty-room-files.ts'
import { listDutyRoomLists, listRoomAssessments, listTrainings } from '../duty-rooms.ts'
import { listDutyLineVersions, listRosterChanges } from '../roster-changes.ts'
import { listShiftsOfPeople } from '../list-roster-as-known.ts'
import { listRosterCover } from '../roster-cover.ts'
import { listRosterSources } from '../roster-evidence.ts'
import { codesOf, FOREIGN, inspectionIds, OWN, type Probe } from './check-probes.ts'

const UNIT_CODES = [...FOREIGN, ...OWN]
const MOMENT = Date.parse('2026-07-03T15:00:00+08:00')
const SPAN = { from: MOMENT, to: MOMENT + 3_600_000 }

/** The units of which something was found. */
function seenOf(ask: (trx: Parameters<Probe>[0], unitCode: string) => Promise<readonly unknown[]>): Probe {
  return async (trx) => {
    const found: string[] = []
    for (const unitCode of UNIT_CODES) if ((await ask(trx, unitCode)).length > 0) found.push(unitCode)
    return found
  }
}

/** Of rosters and duty rooms. */
export const DUTY_PROBES: Readonly<Record<string, Probe>> = {
  'roster-cover': async (trx) => codesOf(await listRosterCover(asReadonly(trx), { unitCodes: UNIT_CODES, ...SPAN })),
  'roster-changes': seenOf((trx, unitCode) => listRosterChanges(asReadonly(trx), { unitCode, ...SPAN, limit: 9 })),
  'roster-sources': async (trx) => {
    const ids = await inspectionIds(trx)
    const files = await listRosterSources(
      asReadonly(trx),
      ids.map(([, id]) => id),
    )
    return ids.filter(([, id]) => files.some(({ importId }) => importId === id)).map(([unitCode]) => unitCode)
  },
  'shifts-of-people': async (trx) => codesOf(await listShiftsOfPeople(asReadonly(trx), { people: ['某人'], ...SPAN })),
  'duty-line-versions': seenOf((trx, unitCode) => listDutyLineVersions(asReadonly(trx), unitCode, 9)),
  'duty-room-lists': seenOf((trx, unitCode) => listDutyRoomLists(asReadonly(trx), unitCode)),
  'room-assessments': async (trx) => codesOf(await listRoomAssessments(asReadonly(trx), UNIT_CODES)),
  'duty-trainings': async (trx) => codesOf(await listTrainings(asReadonly(trx), UNIT_CODES)),
  'duty-room-files': seenOf((trx, unitCode) => listDutyRoomFiles(asReadonly(trx), unitCode)),
  'duty-room-file-parts': seenOf(async (trx, unitCode) => {
    const sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
    const found: unknown[] = []
    for await (const part of listDutyRoomFileParts(asReadonly(trx), { unitCode, officeCode: unitCode, sha256 }))
      found.push(part)
    return found
  }),
}
