import { InspectionDocument, type Revealed } from '@zhidu/contract'
import { asReadonly, type Db } from '@zhidu/db'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { loadInspection } from './get-inspection.ts'
import { loadKnownDuty } from './kit-rosters.ts'

type Field = Revealed['fields'][number]

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** What the masks of an evidence page hide. Throws ServiceError `not_found`. */
export async function readInspection(trx: Db, ctx: ServiceContext, inspectionId: string): Promise<Field[]> {
  if (!isUuid(inspectionId)) throw new ServiceError('not_found', 'inspection_unknown')
  const db = asReadonly(trx)
  const { at, document: text, unitCode } = await loadInspection(db, ctx, inspectionId)
  const document = InspectionDocument.parse(JSON.parse(text))
  const duty = await loadKnownDuty(db, { unitCodes: [unitCode], from: at, to: at + 1, knownAt: at })
  const { attempts, inspectors, metPerson, note, readBack } = document
  const people = duty.rosterOf(unitCode).map(({ person, phone }) => (phone === null ? person : `${person} ${phone}`))
  const found: readonly (readonly [Field['field'], string | null])[] = [
    ['inspectors', inspectors.join('、')],
    ['met', metPerson],
    ['numbers', attempts.flatMap(({ number }) => number ?? []).join('、') || null],
    [
      'readBack',
      readBack === null ? null : [readBack.person, readBack.text, readBack.objection].filter(Boolean).join('\n'),
    ],
    ['roster', people.join('、') || null],
    ['note', note],
  ]
  return found.flatMap(([field, value]) => (value === null ? [] : [{ field, text: value }]))
}
