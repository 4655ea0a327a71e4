import {
  describeProvision,
  describeRecheck,
  type InspectionKit,
  type KitInput,
  type KitUnit,
  type KitVisit,
  type Language,
} from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  findSupervisionCases,
  type InspectionOrderRow,
  type InspectionProgress,
  type InspectionRow,
  listCaseSteps,
  listChecksOfUnits,
  listInspectionFindings,
  listInspectionOrders,
  listInspectionsOfUnits,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  caseStandingOf,
  type CheckFact,
  FINDINGS,
  isRectificationOpen,
  judgeFindings,
  listProvisions,
  localDateOf,
  phoneSettingsOf,
  quarterOf,
  type Regulation,
  toLocalIso,
  type UnitPeriod,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, type Office, officeOf } from '../draw/office.ts'
import { toPoints } from '../league/shape.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { loadChecklists } from './checklists.ts'
import { type DrawnVisits, listDrawnVisits } from './draw-visits.ts'
import { type KnownDuty, loadKnownDuty } from './kit-rosters.ts'
import { listRoomCodes, type RoomCodeKey, slotOf } from './room-code.ts'
import { loadUnitsInReach, type UnitsInReach } from './units-in-reach.ts'

/** How long a phone may go by what it took along. */
const VALID_MS = 14 * 3_600_000
const HISTORY_MS = 366 * 24 * 3_600_000
const LAST_CHECKS = 3

interface Known {
  readonly now: number
  readonly office: Office
  readonly units: UnitsInReach
  readonly draws: readonly DrawnVisits[]
  /** Open ones of the office. */
  readonly orders: readonly InspectionOrderRow[]
  /** Of the units of the kit, newest first. */
  readonly inspections: readonly (InspectionRow & InspectionProgress)[]
}

function isMine(inspectors: readonly string[], { author }: Office): boolean {
  return inspectors.length === 0 || inspectors.includes(author.name)
}

function listVisitsOf({ draws, inspections, office, orders, units }: Known, language: Language): KitVisit[] {
  const drawn = draws.flatMap(({ drawId, isNight, title, visits }) =>
    visits.map(({ inspectors, unitCode }, at): KitVisit => {
      const made = inspections.find((one) => one.drawId === drawId && one.unitCode === unitCode)
      return {
        purpose: 'drawn',
        drawId,
        orderId: null,
        title,
        unitCode,
        isNight,
        dueAt: null,
        position: at + 1,
        inspectors: [...inspectors],
        isMine: isMine(inspectors, office),
        inspectionId: made?.inspectionId ?? null,
      }
    }),
  )
  const open = orders.filter(({ unitCode }) => units.below.has(unitCode) || units.further.has(unitCode))
  const ordered = open.map(({ dueAt, inspectors, kind, orderId, reason, unitCode }, at): KitVisit => {
    const [purpose, title] =
      kind === 'recheck' ? (['ordered', describeRecheck(reason, language)] as const) : ([kind, reason] as const)
    const about = { purpose, drawId: null, orderId, title, unitCode, isNight: false, position: at + 1 }
    return {
      ...about,
      inspectors: [...inspectors],
      isMine: isMine(inspectors, office),
      inspectionId: null,
      dueAt: toLocalIso(dueAt),
    }
  })
  return [...drawn, ...ordered]
}

function pointsOf(regulation: Regulation, period: UnitPeriod): KitUnit['points'] {
  const about = {
    checkCode: '',
    unitCode: period.unitCode,
    method: 'phone',
    checkedAt: 0,
    inspectors: [],
    note: null,
  } as const
  const { findings } = judgeFindings({ ...about, findings: [...FINDINGS] }, period, regulation)
  return Object.fromEntries(
    findings.flatMap(({ finding, points }) => (points > 0 ? [[finding, toPoints(points)]] : [])),
  )
}

interface History {
  readonly checks: readonly CheckFact[]
  readonly findingsOf: (inspectionId: string) => Awaited<ReturnType<typeof listInspectionFindings>>
  /** Of each finding that is being put right, the check that it is of. */
  readonly rectified: readonly string[]
}

async function listRectified(db: ReadonlyDb, inspectionIds: readonly string[]): Promise<string[]> {
  const cases = await findSupervisionCases(db, { inspectionIds })
  const steps = await listCaseSteps(
    db,
    cases.map(({ caseId }) => caseId),
  )
  const stepsOf = Map.groupBy(steps, ({ caseId }) => caseId)
  return cases
    .filter(({ caseId }) => {
      // Where a case stands follows from the kinds of its steps alone.
      const taken = (stepsOf.get(caseId) ?? []).map(({ at, byId, kind }) => ({ kind, by: byId, on: localDateOf(at) }))
      return isRectificationOpen(caseStandingOf(taken).state)
    })
    .map(({ inspectionId }) => inspectionId)
}

async function loadHistory(db: ReadonlyDb, unitCodes: readonly string[], known: Known): Promise<History> {
  const range = { from: known.now - HISTORY_MS, to: known.now + 1 }
  const checks = unitCodes.length === 0 ? [] : await listChecksOfUnits(db, { unitCodes, range })
  const inspectionIds = known.inspections.map(({ inspectionId }) => inspectionId)
  const found = await listInspectionFindings(db, inspectionIds)
  const rectified = await listRectified(db, inspectionIds)
  const byCheck = Map.groupBy(found, ({ inspectionId }) => inspectionId)
  return { checks, rectified, findingsOf: (inspectionId) => byCheck.get(inspectionId) ?? [] }
}

/** The last checks of a unit and what is still open; nothing of a check that is to be made again blind. */
function historyOf(unitCode: string, known: Known, { checks, findingsOf, rectified }: History) {
  const hidden = new Set(known.orders.flatMap(({ firstId, kind }) => (kind === 'recheck' ? [] : firstId)))
  const made = known.inspections.filter((one) => one.unitCode === unitCode)
  const blind = new Set(made.flatMap((one) => (hidden.has(one.inspectionId) ? one.checkCode : [])))
  const told = new Set(made.flatMap(({ inspectionId }) => (hidden.has(inspectionId) ? [] : inspectionId)))
  const open = made.filter((one) => one.undecided > 0 && !hidden.has(one.inspectionId))
  const onRecord = checks
    .filter((one) => one.unitCode === unitCode && !blind.has(one.checkCode))
    .map(({ checkedAt, findings, method }) => ({
      at: checkedAt,
      method,
      findings: [...findings],
      isProvisional: false,
    }))
  const provisional = open.map(({ at, inspectionId, method }) => {
    const findings = findingsOf(inspectionId).map(({ finding }) => finding)
    return { at, method, findings, isProvisional: true }
  })
  const last = [...onRecord, ...provisional].toSorted((one, other) => other.at - one.at).slice(0, LAST_CHECKS)
  return {
    lastChecks: last.map((one) => ({ ...one, at: toLocalIso(one.at) })),
    openFindings: open.reduce((sum, { undecided }) => sum + undecided, 0),
    openRectifications: rectified.filter((id) => told.has(id)).length,
  }
}

interface UnitArgs {
  readonly known: Known
  readonly history: History
  readonly duty: KnownDuty
  readonly regulation: Regulation
  readonly nameOf: (unitCode: string) => string
  readonly key: Uint8Array
}

function toKitUnit(unitCode: string, { duty, history, key, known, nameOf, regulation }: UnitArgs): KitUnit[] {
  const period = known.units.below.get(unitCode) ?? known.units.further.get(unitCode)
  if (period === undefined) return []
  const from = slotOf(known.now)
  const until = known.now + VALID_MS
  return [
    {
      unitCode,
      name: nameOf(unitCode),
      dutyMode: period.dutyMode,
      lines: [...duty.linesOf(unitCode)],
      roster: [...duty.rosterOf(unitCode)],
      ...historyOf(unitCode, known, history),
      roomCodes: period.dutyMode === 'room' ? listRoomCodes(key, unitCode, from, until) : [],
      points: pointsOf(regulation, period),
    },
  ]
}

/** First-report limits of the rules in words. */
function listLimits(regulation: Regulation, language: Language): string[] {
  return listProvisions(regulation).flatMap((provision) => {
    if (provision.part !== 'deadlines' || provision.value.stage !== 'first') return []
    const { subject, text } = describeProvision(provision, regulation, language)
    return [language === 'zh-CN' ? `${subject}：${text}` : `${subject}: ${text}`]
  })
}

async function loadKnown(db: ReadonlyDb, ctx: ServiceContext, named: readonly string[]) {
  const now = ctx.clock()
  const office = officeOf(ctx)
  const units = await loadUnitsInReach(db, office.unitCode, now)
  const foreign = named.find((unitCode) => !units.below.has(unitCode))
  if (foreign !== undefined) throw new ServiceError('not_found', 'inspection_unit')
  const draws = await listDrawnVisits(db, office.unitCode, now)
  const orders = (await listInspectionOrders(db, { isOpen: true })).filter(
    ({ fromAt, officeCode }) => officeCode === office.unitCode && (fromAt === null || fromAt <= now),
  )
  const drawn = draws.flatMap(({ visits }) => visits.map(({ unitCode }) => unitCode))
  const unitCodes = [...new Set([...drawn, ...orders.map(({ unitCode }) => unitCode), ...named])]
  const inspections = await listInspectionsOfUnits(db, { unitCodes, from: now - HISTORY_MS })
  return { known: { now, office, units, draws, orders, inspections } satisfies Known, unitCodes }
}

async function buildKit(
  trx: Db,
  ctx: ServiceContext,
  input: KitInput,
  about: RoomCodeKey & { readonly language: Language },
): Promise<InspectionKit> {
  const db = asReadonly(trx)
  const { known, unitCodes } = await loadKnown(db, ctx, input.unitCodes)
  const { now, office, units } = known
  const { regulation } = await loadRules(db, quarterOf(now))
  const nameOf = await loadNames(db, ctx)
  const duty = await loadKnownDuty(db, { unitCodes, from: now, to: now + VALID_MS, knownAt: now })
  const history = await loadHistory(db, unitCodes, known)
  const args: UnitArgs = { known, history, duty, regulation, nameOf, key: about.roomCodeKey }
  const newest = (await loadChecklists(db, office.unitCode)).filter(({ isNewest }) => isNewest)
  return {
    serverMs: now,
    validUntil: toLocalIso(now + VALID_MS),
    codesFrom: toLocalIso(slotOf(now)),
    accountId: office.author.id,
    inspector: office.author.name,
    officeName: nameOf(office.unitCode),
    regulation: {
      id: regulation.id,
      version: regulation.version,
      title: regulation.title,
      notice: regulation.notice,
    },
    phone: phoneSettingsOf(regulation),
    explanationWorkingDays: regulation.dueProcess.explanationWorkingDays,
    limits: listLimits(regulation, about.language),
    checklists: newest.map(({ isBuiltIn: _, isNewest: __, writtenAt: ___, writtenBy: ____, ...list }) => list),
    visits: listVisitsOf(known, about.language),
    units: unitCodes.flatMap((unitCode) => toKitUnit(unitCode, args)),
    others: [...units.below].map(([unitCode, { dutyMode }]) => ({ unitCode, name: nameOf(unitCode), dutyMode })),
  }
}

/**
 * 外勤包: all that a phone needs for a night without network. It gives names and numbers, so it is put down whom it was given for.
 * Throws ServiceError `not_found` for a unit that is not one level below.
 */
export function makeInspectionKit(
  ctx: ServiceContext,
  input: KitInput,
  about: RoomCodeKey & { readonly language: Language },
): Promise<InspectionKit> {
  return withChange(ctx, { action: 'inspection.kit' }, async (trx, note) => {
    const kit = await buildKit(trx, ctx, input, about)
    note.object = `unit/${officeOf(ctx).unitCode}`
    note.detail = { units: kit.units.map(({ unitCode }) => unitCode) }
    return kit
  })
}
