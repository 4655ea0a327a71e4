import type { DutyRoomItem, DutyRooms, DutyRoomsInput, RoomItemShare } from '@zhidu/contract'
import { listDutyRoomLists, listRoomAssessments, listTrainings, type ReadonlyDb } from '@zhidu/db'
import {
  localDateOf,
  type PlainDate,
  quarterOf,
  quarterRange,
  ROOMS_PER_PAGE,
  shareOfItem,
  shiftQuarter,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { mayKeep } from '../roster/keeper.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { type AskedItem, type RoomFacts, toAskedItems, toRoomItem, toStandings } from './room-standings.ts'

const QUARTERS_BACK = 4

/** Everything known of the rooms one level below an office. */
export interface RoomsBelow {
  readonly asked: readonly AskedItem[]
  readonly version: number
  readonly facts: readonly RoomFacts[]
}

export async function loadRoomsBelow(db: ReadonlyDb, ctx: ServiceContext, own: string | null): Promise<RoomsBelow> {
  if (own === null) return { asked: toAskedItems([]), version: 0, facts: [] }
  const { below } = await loadUnitsInReach(db, own, ctx.clock())
  const unitCodes = [...below.keys()]
  const [list] = await listDutyRoomLists(db, own)
  const assessments = Map.groupBy(await listRoomAssessments(db, unitCodes), ({ unitCode }) => unitCode)
  const trainings = Map.groupBy(await listTrainings(db, unitCodes), ({ unitCode }) => unitCode)
  return {
    asked: toAskedItems(list?.items ?? []),
    version: list?.version ?? 0,
    facts: [...below.values()].map((unit) => ({
      unit,
      assessments: assessments.get(unit.unitCode) ?? [],
      trainings: trainings.get(unit.unitCode) ?? [],
    })),
  }
}

/** Shares by what was looked at and on record up to a day, itself included. */
export function sharesOn({ asked, facts }: RoomsBelow, on: PlainDate): RoomItemShare[] {
  const standings = facts.map(({ assessments, unit }) => {
    const known = assessments.filter(({ lookedOn, recordedAt }) => lookedOn <= on && localDateOf(recordedAt) <= on)
    return toStandings(known, asked, unit.dutyMode === 'room')
  })
  return asked.map(({ key, label }, at) => {
    const { range, ...counts } = shareOfItem(standings.flatMap((own) => own[at]?.answer ?? []))
    return { key, label, ...counts, range: range === null ? null : [...range] }
  })
}

function passes(item: DutyRoomItem, view: DutyRoomsInput['view']): boolean {
  const isPhone = item.dutyMode === 'phone'
  switch (view) {
    case undefined:
      return true
    case 'gaps':
      return item.gapCount > 0
    case 'contradicted':
      return item.contradictedCount > 0
    case 'unknown':
      return item.unknownCount > 0
    case 'complete':
      return !isPhone && item.gapCount + item.unknownCount === 0
    case 'phone':
      return isPhone
  }
}

function endsBefore(now: number): PlainDate[] {
  const quarter = quarterOf(now)
  const back = Array.from({ length: QUARTERS_BACK }, (_, step) => step - QUARTERS_BACK)
  return back.map((step) => quarterRange(shiftQuarter(quarter, step)).lastOn)
}

/** 值班室建设: units one level below, those with gaps first, with what share has each item. Feeds no deduction. */
export function listDutyRooms(ctx: ServiceContext, input: DutyRoomsInput): Promise<DutyRooms> {
  const now = ctx.clock()
  const today = localDateOf(now)
  const { page = 0, search = '', view } = input
  return withSnapshot(ctx, today, async (db) => {
    const own = ownUnitOf(ctx)
    const below = await loadRoomsBelow(db, ctx, own)
    const sought = search.trim().toLowerCase()
    const passing = below.facts
      .map((facts) => toRoomItem(facts, below.asked, today))
      .filter((item) => passes(item, view))
      .filter(({ unitCode, unitName }) => `${unitCode} ${unitName}`.toLowerCase().includes(sought))
      .toSorted(
        (a, b) =>
          b.gapCount - a.gapCount || b.contradictedCount - a.contradictedCount || b.unknownCount - a.unknownCount,
      )
    return {
      asOf: toLocalIso(now),
      ownUnitCode: own,
      mayList: own !== null && mayKeep(ctx, own) && below.facts.length > 0,
      version: below.version,
      ownItems: below.asked.flatMap(({ key, label }) => (label === null ? [] : [{ key, label }])),
      shares: sharesOn(below, today),
      trend: endsBefore(now).map((on) => ({ on, shares: sharesOn(below, on) })),
      total: passing.length,
      page,
      items: passing.slice(page * ROOMS_PER_PAGE, (page + 1) * ROOMS_PER_PAGE),
    }
  })
}
