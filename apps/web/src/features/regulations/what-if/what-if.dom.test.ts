// Seam: the tRPC client's last link answers; the worker's engine computes beside it, in the same thread.
import { packUnitFacts } from '@zhidu/contract/regulation'
import {
  type CheckFact,
  type Regulation,
  SAMPLE_REGULATION,
  toPlainDate,
  toQuarter,
  type UnitFacts,
} from '@zhidu/domain'
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeMeta } from '../../../testing/make-meta.ts'
import { expectAccessible, mountApp } from '../../../testing/mount-app.ts'
import { makeVersion } from '../testing/make-regulation.ts'
import type { StartWorker } from './use-what-if.ts'
import { createWhatIfEngine } from './what-if-engine.ts'
import type { WhatIfOrder, WhatIfReply } from './what-if-messages.ts'
import WhatIfPanel from './WhatIfPanel.vue'

const QUARTER = toQuarter('2026Q3')

function makeFacts(unitCode: string, findings: CheckFact['findings']): UnitFacts {
  const period = {
    unitCode,
    name: `${unitCode}局`,
    shortName: null,
    parentCode: null,
    tier: 'city',
    peerGroup: '市直组',
    dutyMode: 'room',
    validFrom: null,
    validTo: null,
  } as const
  const check: CheckFact = {
    checkCode: `K-${unitCode}`,
    unitCode,
    method: 'phone',
    checkedAt: Date.parse('2026-08-01T09:00:00+08:00'),
    inspectors: [],
    findings,
    note: null,
  }
  const none = { reports: [], misreports: [], filings: [], bonuses: [], preReports: [], adoptions: [], reopenings: [] }
  return { unitCode, periods: [period], checks: [check], ...none }
}

/** The sample method with another price of a missed call. */
function priced(points: number): Regulation {
  const deductions = SAMPLE_REGULATION.deductions.map((rule) =>
    rule.code === 'no_answer' && rule.shape.kind === 'fixed' ? { ...rule, shape: { ...rule.shape, points } } : rule,
  )
  return { ...SAMPLE_REGULATION, deductions }
}

const startHere: StartWorker = (onReply) => {
  const engine = createWhatIfEngine(() => 0)
  return {
    send: (order) => {
      if (order.kind === 'begin') engine.begin(order.subject)
      else if (order.kind === 'add') engine.add(order.units)
      else onReply({ number: order.number, result: engine.compare(order.draft) })
    },
    end: () => undefined,
  }
}

async function openPanel(units: readonly UnitFacts[], draft: Regulation) {
  const mounted = await mountApp(WhatIfPanel, {
    props: { draft, start: startHere },
    answers: {
      meta: { get: makeMeta() },
      league: { groups: [{ group: '市直组', unitCount: units.length }] },
      rules: {
        get: makeVersion(SAMPLE_REGULATION),
        whatIfFacts: ({ skip = 0 }) => ({
          quarter: QUARTER,
          group: '市直组',
          asOf: '2026-10-05T00:00:00+08:00',
          regulation: { id: 'sample', version: SAMPLE_REGULATION.version },
          holidays: [
            {
              year: 2026,
              name: '国庆节',
              firstDayOff: toPlainDate('2026-10-01'),
              lastDayOff: toPlainDate('2026-10-07'),
              makeupWorkdays: [],
            },
          ],
          unitCount: units.length,
          units: units.slice(skip, skip + 200).map(packUnitFacts),
          next: skip + 200 < units.length ? skip + 200 : null,
        }),
      },
    },
  })
  await mounted.wrapper.get('button.is-primary').trigger('click')
  await flushPromises()
  await flushPromises()
  return mounted
}

describe('what a draft would have done', () => {
  it('stands beside what was, unit by unit, with the reason, and follows the draft', async () => {
    const units = [makeFacts('D1', ['no_answer']), makeFacts('D2', [])]
    const { wrapper } = await openPanel(units, priced(20_00))
    const cells = (code: string): string[] =>
      wrapper
        .get(`tr[data-unit="${code}"]`)
        .findAll('td')
        .map((td) => td.text())
    const [, , , before, after] = cells('D1')
    const price = SAMPLE_REGULATION.deductions.find(({ code }) => code === 'no_answer')?.shape
    if (price?.kind !== 'fixed') throw new Error('the sample has a price of a missed call')
    expect(Number(before) - Number(after)).toBeCloseTo((20_00 - price.points) / 100)
    expect(cells('D1').at(-1)).toContain('−')
    expect(cells('D2').slice(3, 5)).toEqual([cells('D2')[3], cells('D2')[3]])
    await wrapper.setProps({ draft: SAMPLE_REGULATION })
    await flushPromises()
    expect(cells('D1').slice(3, 5)).toEqual([before, before])
    await wrapper.get('input[type="checkbox"]').setValue(true)
    expect(wrapper.findAll('tr[data-unit]')).toHaveLength(0)
  })

  it('is without barriers', async () => {
    const { wrapper } = await openPanel([makeFacts('D1', ['no_answer'])], priced(20_00))
    await expectAccessible(wrapper.element.parentElement ?? wrapper.element)
  })

  it('draws of many units only those near the screen, and tells how many there are', async () => {
    const units = Array.from({ length: 320 }, (_, index) => makeFacts(`D${index}`, []))
    const { wrapper } = await openPanel(units, SAMPLE_REGULATION)
    expect(wrapper.get('table').attributes('aria-rowcount')).toBe('321')
    expect(wrapper.findAll('tr[data-unit]').length).toBeLessThan(80)
    expect(wrapper.findAll('tr[data-unit]')[0]?.attributes('aria-rowindex')).toBe('2')
    expect(wrapper.get('.spacer').attributes('style')).toMatch(/height: \d{4,}px/)
  })
})

describe('the worker', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('answers each order under its number, with nothing where the rules cannot be computed', async () => {
    const replies: WhatIfReply[] = []
    vi.stubGlobal('postMessage', (reply: WhatIfReply) => replies.push(reply))
    await import('./what-if.worker.ts')
    const send = (data: WhatIfOrder): boolean => globalThis.dispatchEvent(new MessageEvent('message', { data }))
    const asOf = Date.parse('2026-10-05T00:00:00+08:00')
    send({ kind: 'begin', subject: { quarter: QUARTER, asOf, holidays: [], inForce: SAMPLE_REGULATION } })
    send({ kind: 'add', units: [packUnitFacts(makeFacts('D1', ['no_answer']))] })
    send({ kind: 'compare', number: 7, draft: SAMPLE_REGULATION })
    // Safe: what no form makes; the worker must outlive it.
    send({ kind: 'compare', number: 8, draft: {} as Regulation })
    send({ kind: 'compare', number: 9, draft: SAMPLE_REGULATION })
    expect(replies.map(({ number, result }) => [number, result?.rows.length ?? null])).toEqual([
      [7, 1],
      [8, null],
      [9, 1],
    ])
  })
})
