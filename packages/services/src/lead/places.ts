import { randomUUID } from 'node:crypto'
import type { LeadPlaces, SaveLeadPlacesInput } from '@zhidu/contract'
import { asReadonly, insertLeadPlaces, listLeadPlaces, lockForTransaction } from '@zhidu/db'
import { localDateOf } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { mayHandleLeads } from './load-lead.ts'
import { loadAreaUnits } from './match-lead.ts'

/** Names by which places are found: units in reach, and what the office added to them. */
export function getLeadPlaces(ctx: ServiceContext): Promise<LeadPlaces> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => ({
    mayChange: mayHandleLeads(ctx),
    units: (await loadAreaUnits(db)).map(({ names, ...unit }) => ({ ...unit, names: [...names] })),
    places: (await listLeadPlaces(db)).map(({ aliases, name, placeId, unitCode, version }) => ({
      placeId,
      version,
      unitCode,
      name,
      aliases: [...aliases],
    })),
  }))
}

/** Adds, changes or withdraws names of places. Throws ServiceError `invalid` for a unit out of reach, `conflict` for one changed since. */
export function saveLeadPlaces(ctx: ServiceContext, { places }: SaveLeadPlacesInput): Promise<void> {
  return withChange(ctx, { action: 'lead.savePlaces' }, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const db = asReadonly(trx)
    const units = new Set((await loadAreaUnits(db)).map(({ unitCode }) => unitCode))
    const known = new Map((await listLeadPlaces(db)).map((place) => [place.placeId, place.version]))
    const rows = places.map(({ placeId, version, ...place }) => {
      if (!units.has(place.unitCode)) throw new ServiceError('invalid', 'unit_unknown', { unitCode: place.unitCode })
      if (placeId !== null && known.get(placeId) !== version) throw new ServiceError('conflict', 'case_moved_on')
      return { ...place, placeId: placeId ?? randomUUID(), version: placeId === null ? 1 : version + 1 }
    })
    await insertLeadPlaces(trx, rows, officeOf(ctx).author)
    note.object = `place/${rows[0]?.placeId ?? ''}`
    note.detail = { places: rows.map(({ isWithdrawn, name, unitCode }) => ({ name, unitCode, isWithdrawn })) }
  })
}
