import type {
  APPEAL_BARRIERS,
  AppealItem,
  AppealKey,
  AppealList,
  AppealListInput,
  AppealNotice,
  AppealNoticeInput,
  AppealPage,
} from '@zhidu/contract'
import {
  type AppealFilter,
  type AppealRow,
  countAppeals,
  listAppeals,
  listAppealSteps,
  listCaseFiles,
  type ReadonlyDb,
} from '@zhidu/db'
import {
  APPEAL_STATES,
  type AppealContext,
  appealPartyOf,
  type AppealState,
  appealStateOf,
  type AppealStepKind,
  daysLeft,
  isAppealOpen,
  lampOf,
  localDateOf,
  maskNumbers,
  nextAppealSteps,
  quarterRange,
  refusesAppealStep,
  tabulateOverturned,
  toLocalIso,
  unitPeriodOn,
} from '@zhidu/domain'
import { hasDaysLeft, isDraftOut, loadAssessment, type LoadedAssessment } from '../assessment/load-assessment.ts'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadNames } from '../draw/office.ts'
import { loadRoster } from '../league/load-roster.ts'
import { toPoints } from '../league/shape.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { toCaseFile } from '../supervision-case/get-case.ts'
import { contextOf, loadAppeal, type LoadedAppeal, ownOf } from './load-appeal.ts'

const ITEMS_PER_PAGE = 50
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const OPEN: readonly AppealState[] = ['kept', 'submitted', 'accepted']
const BY_OFFICE: readonly AppealState[] = ['submitted', 'accepted']

interface Reader {
  readonly ctx: ServiceContext
  readonly own: string | null
  readonly nameOf: (unitCode: string) => string
}

function toItem(
  row: AppealRow,
  state: AppealState,
  { standing }: LoadedAssessment,
  { ctx, nameOf, own }: Reader,
): AppealItem {
  const lastDay = standing.stage === 'draft' ? standing.lastDay : null
  const isUnits = state === 'kept' && row.unitCode === own
  return {
    appealId: row.appealId,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    officeCode: row.officeCode,
    quarter: row.quarter,
    ref: row.ref,
    code: row.code,
    at: toLocalIso(row.at),
    dimension: row.dimension,
    clause: row.clause,
    points: toPoints(row.points),
    state,
    lastDay,
    lamp: state === 'kept' ? lampOf(lastDay, localDateOf(ctx.clock())) : 'off',
    isMine: isUnits || (isAppealOpen(state) && row.officeCode === own),
  }
}

async function toItems(db: ReadonlyDb, rows: readonly AppealRow[], reader: Reader): Promise<AppealItem[]> {
  const ids = rows.map(({ appealId }) => appealId)
  const stepsOf = Map.groupBy(await listAppealSteps(db, ids), ({ appealId }) => appealId)
  const assessments = new Map<string, LoadedAssessment>()
  const items: AppealItem[] = []
  for (const row of rows) {
    const key = `${row.officeCode}/${row.quarter}`
    const assessment = assessments.get(key) ?? (await loadAssessment(db, reader.ctx, row))
    assessments.set(key, assessment)
    items.push(toItem(row, appealStateOf(stepsOf.get(row.appealId) ?? []), assessment, reader))
  }
  return items
}

function startOf(cursor: string | undefined): Pick<AppealRow, 'openedAt' | 'appealId'> | null {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  const appealId = keys[0] ?? ''
  if (!UUID.test(appealId)) throw new ServiceError('invalid', 'cursor_unknown')
  return { openedAt: at, appealId }
}

function waitingOf(whole: AppealFilter, own: string | null): AppealFilter[] {
  return [
    { ...whole, unitCode: own ?? '', states: ['kept'] },
    { ...whole, officeCode: own ?? '', states: BY_OFFICE },
  ]
}

async function sumOf(db: ReadonlyDb, filter: AppealFilter): Promise<number> {
  return (await countAppeals(db, filter)).reduce((sum, { count }) => sum + count, 0)
}

function filterOf({ quarter, state, unitCode, view }: AppealListInput, whole: AppealFilter): AppealFilter {
  const states = state !== undefined ? [state] : view === 'all' ? null : OPEN
  return { ...whole, quarter: quarter ?? null, unitCode: unitCode ?? null, states }
}

/** Appeals in reach by today's tree, newest first, fifty a page; counts and what was overturned are of all. */
export function listAppealItems(ctx: ServiceContext, input: AppealListInput): Promise<AppealList> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const own = ownOf(ctx)
    const whole: AppealFilter = { quarter: null, unitCode: null, officeCode: null, states: null, own }
    const filter = filterOf(input, whole)
    const page = { after: startOf(input.cursor), limit: ITEMS_PER_PAGE + 1 }
    const rows =
      input.view === 'waiting'
        ? (await Promise.all(waitingOf(filter, own).map((one) => listAppeals(db, one, page))))
            .flat()
            .filter((_, index) => index <= ITEMS_PER_PAGE)
        : await listAppeals(db, filter, page)
    const counted = await countAppeals(db, whole)
    const counts = Object.fromEntries(APPEAL_STATES.map((state) => [state, 0])) as Record<AppealState, number>
    for (const { count, state } of counted) counts[state] += count
    const waiting = await Promise.all(waitingOf(whole, own).map((one) => sumOf(db, one)))
    const shown = rows.slice(0, ITEMS_PER_PAGE)
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1) : undefined
    const reader = { ctx, own, nameOf: await loadNames(db, ctx) }
    return {
      asOf: toLocalIso(ctx.clock()),
      counts,
      waiting: waiting.reduce((sum, count) => sum + count, 0),
      items: await toItems(db, shown, reader),
      overturned: tabulateOverturned(counted).map((row) => ({ ...row })),
      nextCursor: last === undefined ? null : toCursor([last.openedAt, last.appealId]),
    }
  })
}

type Barrier = (typeof APPEAL_BARRIERS)[number]

function barrierOf(
  ctx: ServiceContext,
  { steps }: LoadedAppeal,
  kind: AppealStepKind,
  context: AppealContext,
): Barrier | null {
  const needed = appealPartyOf(kind) === 'unit' ? 'cases.answer' : 'cases.handle'
  if (ctx.actor.kind !== 'account' || !ctx.actor.permissions.has(needed)) return 'role'
  return refusesAppealStep(steps, kind, context)
}

/** One appeal with its steps, and what comes next from the reader's side. Throws ServiceError `not_found`. */
export function getAppealPage(ctx: ServiceContext, { appealId }: AppealKey): Promise<AppealPage> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const loaded = await loadAppeal(db, ctx, appealId)
    const { assessment, row, state, steps } = loaded
    const own = ownOf(ctx)
    const context = await contextOf(db, ctx, loaded)
    const files = await listCaseFiles(db, appealId)
    const kinds = [
      ...(own === row.unitCode ? nextAppealSteps(state, 'unit') : []),
      ...(own === row.officeCode ? nextAppealSteps(state, 'office') : []),
    ]
    const isShown = ({ kind }: { readonly kind: AppealStepKind }) => kind !== 'kept' || own === row.unitCode
    const handedIn = new Set(steps.filter(({ kind }) => kind === 'submitted').flatMap((step) => step.files))
    return {
      item: toItem(row, state, assessment, { ctx, own, nameOf: await loadNames(db, ctx) }),
      asOf: toLocalIso(ctx.clock()),
      hasDeduction: context.hasDeduction,
      steps: steps.filter(isShown).map((step) => ({
        kind: step.kind,
        party: appealPartyOf(step.kind),
        at: toLocalIso(step.at),
        by: step.byName,
        note: step.note === null ? null : maskNumbers(step.note),
        files: files.filter(({ sha256 }) => step.files.includes(sha256)).map(toCaseFile),
      })),
      next: kinds.map((kind) => ({ kind, barredBy: barrierOf(ctx, loaded, kind, context) })),
      drafts: own === row.unitCode ? files.filter(({ sha256 }) => !handedIn.has(sha256)).map(toCaseFile) : [],
    }
  })
}

const NO_DRAFT = { lastDay: null, notAnnounced: null, daysLeft: null, lamp: 'off', mayAppeal: false } as const

/** What a unit in reach is told of its quarter's assessment: 征求意见稿, until when it may appeal, and its appeals. */
export function getAppealNotice(ctx: ServiceContext, input: AppealNoticeInput): Promise<AppealNotice> {
  const { quarter, unitCode } = input
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const own = ownOf(ctx)
    const { periodsOf } = await loadRoster(db)
    const officeCode = unitPeriodOn(periodsOf.get(unitCode) ?? [], quarterRange(quarter).lastOn)?.parentCode ?? null
    const asOf = toLocalIso(ctx.clock())
    if (officeCode === null) return { asOf, stage: 'open', ...NO_DRAFT, appeals: [] }
    const assessment = await loadAssessment(db, ctx, { officeCode, quarter })
    const { notAnnounced, standing } = assessment
    const filter = { quarter, unitCode, officeCode: null, states: null, own }
    const rows = await listAppeals(db, filter, { after: null, limit: 500 })
    const mayAnswer = ctx.actor.kind === 'account' && ctx.actor.permissions.has('cases.answer')
    const isOut = isDraftOut(assessment)
    return {
      asOf,
      stage: standing.stage,
      ...NO_DRAFT,
      ...(isOut && {
        lastDay: standing.lastDay,
        notAnnounced,
        daysLeft: standing.lastDay === null ? null : daysLeft(standing.lastDay, today),
        lamp: lampOf(standing.lastDay, today),
      }),
      mayAppeal: isOut && hasDaysLeft(assessment, today) && own === unitCode && mayAnswer,
      appeals: await toItems(db, rows, { ctx, own, nameOf: await loadNames(db, ctx) }),
    }
  })
}
