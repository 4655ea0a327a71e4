import type { CDPSession, Page } from 'playwright-core'

/** A task of the page's main thread longer than this, and a reader feels it. */
export const LONGEST_TASK_MS = 50
const MOST_ROUNDS = 6
/** By then the slices of a long table are drawn. */
const DRAWN_MS = 700
const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata']

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Processor time of the thread, µs. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

async function trace(session: CDPSession, act: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = []
  // The protocol's own type knows no more of an event than that it is an object.
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as readonly TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: [...CATEGORIES] },
  })
  await act()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return events
}

/**
 * The longest task of the page's main thread while `act` is done, in ms of processor time. Not by the clock: where other programs share
 * the processor a task waits in the middle, and what it waited would be taken for what it did.
 */
async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  if (session === undefined) throw new Error('a browser of its own')
  const events = await trace(session, async () => {
    await act()
    await page.waitForTimeout(DRAWN_MS)
  })
  await session.detach()
  const threads = new Set(
    events.flatMap(({ args, name, pid, tid }) =>
      name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid}/${tid}`] : [],
    ),
  )
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && threads.has(`${pid}/${tid}`),
  )
  if (tasks.length === 0) throw new Error('the trace has no task')
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000))
}

/**
 * The longest tasks of a few rounds, the last the shortest of them, as far as it takes to find one within the limit: a neighbour on the
 * same core and the collector of garbage make a round dearer, nothing makes it cheaper than what the page has to do.
 */
export async function longestTasks(page: Page, round: { prepare(): Promise<void>; act(): Promise<void> }) {
  const found: number[] = []
  while (found.length < MOST_ROUNDS && !found.some((ms) => ms <= LONGEST_TASK_MS)) {
    await round.prepare()
    found.push(await longestTask(page, () => round.act()))
  }
  return { isShort: found.some((ms) => ms <= LONGEST_TASK_MS), found }
}
