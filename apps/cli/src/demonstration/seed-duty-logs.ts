import { type LogKind, type LogOutcome, type LogSource, localDateOf, startOfLocalDay, toLocalIso } from '@zhidu/domain'
import {
  beginHandover,
  getLogEntry,
  listUnitHandovers,
  putLogDay,
  type ServiceContext,
  takeHandoverStep,
  takeLogStep,
  writeLog,
} from '@zhidu/services'
import { actorOf } from './check-parts.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS
/** Two that hand over, and one whose last handover nobody took. */
const UNITS = ['D02', 'D03', 'D05'] as const
const NEGLIGENT = 'D05'
/** The roster of the demonstration is on record since yesterday; where it is known, nobody asks. */
const UNKNOWN_THEN = '值班表报送在后'

interface Line {
  /** After midnight of the day. */
  readonly hour: number
  readonly source: LogSource
  readonly kind: LogKind
  readonly content: string
  readonly caller: string
  /** Hours by which it is written late. */
  readonly late?: number
  /** Hours until something came of it; missing = it is open still. */
  readonly closed?: number
  readonly outcome?: LogOutcome
  readonly note?: string
}

/** By how many days ago. */
const LINES: readonly (readonly Line[])[] = [
  [
    { hour: 1, source: 'call', kind: 'matter', content: '来电反映小区地库进水，请派人排查', caller: '城西街道值班室' },
    {
      hour: 8.6,
      source: 'document',
      kind: 'instruction',
      content: '转来降雨提示，要求加强巡查并报情况',
      caller: '市值班室',
    },
  ],
  [
    {
      hour: 9.2,
      source: 'call',
      kind: 'matter',
      content: '来电询问临时停水通知，要求答复',
      caller: '河东街道',
      closed: 1.5,
      outcome: 'answered',
      note: '供水单位已回电说明，来电人知悉',
    },
    {
      hour: 15,
      source: 'network',
      kind: 'situation',
      content: '网上有帖反映路面塌陷，已核实为井盖松动',
      caller: '网信值班',
      closed: 4,
      outcome: 'done',
      note: '养护单位当日换盖，现场照片已存',
    },
    {
      hour: 21,
      source: 'oral',
      kind: 'memo',
      content: '带班领导交代：夜间降雨，低洼点两小时一报',
      caller: '带班领导',
      late: 3,
      closed: 9,
      outcome: 'noted',
      note: '已列入夜班巡查安排',
    },
  ],
  [
    {
      hour: 10,
      source: 'system',
      kind: 'emergency',
      content: '监测平台提示基坑位移超限，已通知停工',
      caller: '监测平台',
      closed: 6,
      outcome: 'reported',
      note: '已按规定上报并撤出人员',
    },
    {
      hour: 16.5,
      source: 'call',
      kind: 'matter',
      content: '来电要求协调渣土车夜间绕行，尚待交警答复',
      caller: '城北街道',
    },
  ],
]

interface Act {
  readonly at: number
  readonly run: () => Promise<void>
}

/**
 * Three days of three units' logs with handovers between the shifts: closed and open entries, a late one, a handover that nobody took. Through the
 * services that a duty desk uses. The accounts of the demonstration must be there.
 */
export async function seedDemonstrationLogs(ctx: ServiceContext): Promise<void> {
  const now = ctx.clock()
  const today = startOfLocalDay(localDateOf(now))
  const [outgoing, incoming] = [
    await actorOf(ctx, 'clerk', '演示考核专责', 'clerk'),
    await actorOf(ctx, 'unit-officer', '演示单位值班员', 'unit_officer'),
  ]
  for (const unitCode of UNITS) {
    const as = (actor: typeof outgoing, at: number, displayName = '值班员'): ServiceContext => ({
      ...ctx,
      clock: () => at,
      actor: { ...actor, unitCode, displayName },
    })
    const acts = LINES.flatMap((lines, daysAgo) =>
      lines.flatMap((line): Act[] => {
        const at = today - daysAgo * DAY_MS + line.hour * HOUR_MS
        return entryActs(line, at, (when) => as(incoming, when))
      }),
    )
    const { items } = await listUnitHandovers(as(incoming, now), {})
    for (const { changeAt, incoming: next, outgoing: last } of items) {
      const at = Date.parse(changeAt)
      const [from, to] = [last[0], next[0]]
      if (at < today - DAY_MS || from === undefined || to === undefined) continue
      const isTaken = unitCode !== NEGLIGENT || at < today
      acts.push({
        at,
        run: () =>
          handOver(as(outgoing, at - 6 * MINUTE_MS, from), isTaken ? as(incoming, at, to) : null, changeAt, to),
      })
    }
    for (const { at, run } of acts.sort((a, b) => a.at - b.at)) if (at <= now) await run()
    const day = localDateOf(now)
    await putLogDay(as(incoming, now), { day, leader: null, weather: '多云转小雨，22—28℃' })
  }
}

/** An entry written and, some hours later, closed. */
function entryActs(line: Line, at: number, as: (at: number) => ServiceContext): Act[] {
  const { caller, closed, content, kind, late = 0, note = '', outcome = 'done', source } = line
  let entryId = ''
  const write: Act = {
    at,
    run: async () => {
      const input = { source, kind, content, callerUnit: caller, callerName: null, callerPhone: '0199-0123456' }
      const receivedAt = late === 0 ? null : toLocalIso(at - late * HOUR_MS)
      const links = { eventCode: null, leadCode: null, sentAt: toLocalIso(at) }
      entryId = (await writeLog(as(at), { ...input, ...links, receivedAt })).entryId
    },
  }
  if (closed === undefined) return [write]
  const end = at + closed * HOUR_MS
  const close = async (): Promise<void> => {
    const { length: steps } = (await getLogEntry(as(end), { entryId })).steps
    await takeLogStep(as(end), { entryId, steps, kind: 'closed', outcome, note })
  }
  return [write, { at: end, run: close }]
}

async function handOver(
  outgoing: ServiceContext,
  incoming: ServiceContext | null,
  changeAt: string,
  toPerson: string,
): Promise<void> {
  const { handoverId } = await beginHandover(outgoing, { changeAt })
  const remarks = { notes: [], equipment: '钥匙 2 把，座机、传真机正常', note: null }
  await takeHandoverStep(outgoing, {
    handoverId,
    steps: 0,
    kind: 'offered',
    ...remarks,
    toPerson,
    toReason: UNKNOWN_THEN,
    offRosterReason: UNKNOWN_THEN,
  })
  if (incoming === null) return
  await takeHandoverStep(incoming, { handoverId, steps: 1, kind: 'taken', note: null, offRosterReason: UNKNOWN_THEN })
}
