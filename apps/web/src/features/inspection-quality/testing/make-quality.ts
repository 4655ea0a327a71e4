import type { InspectionQuality, QualityAgreement } from '@zhidu/contract'
import { judgeAgreement, toQuarter } from '@zhidu/domain'

export const INSPECTION_ID = '0190a000-0000-7000-8000-0000000000cc'

export function judged(counts: Partial<Parameters<typeof judgeAgreement>[0]>): QualityAgreement {
  const { counts: all, ...found } = judgeAgreement({ bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0, ...counts })
  return { ...found, counts: { ...all } }
}

const RULES = { everyUnitWithinQuarters: 2, mostPerMonth: 2, mostNightPerQuarter: 2 }
const NOTHING = { phone: 0, video: 0, onsite: 0 }
const KINDS = { counted: 0, open: 0, inconclusive: 0, second: 0, upper: 0 }
const person = (name: string, number: number | null = null, isMe = false) => ({ name, number, isMe })
const item = { checklistId: 'phone', checklistTitle: '电话抽查问项', section: '值班工作' }

export function makeQuality(more: Partial<InspectionQuality> = {}): InspectionQuality {
  const unit = { group: '市直组', byKind: KINDS, byMethod: NOTHING, nights: 0, mostInMonth: 0, minutes: 0 }
  const free = { measured: 0, visits: 0, rules: RULES, month: 'free', night: 'free' } as const
  return {
    quarter: toQuarter('2026Q4'),
    quarters: 4,
    since: toQuarter('2026Q1'),
    provenance: {
      asOf: '2026-11-20T09:00:00+08:00',
      regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: null },
      methodVersion: '1.0',
      isSynthetic: false,
    },
    officeName: '市应急值守办',
    mayOrder: true,
    hidden: 0,
    coverage: {
      rows: [
        {
          ...unit,
          ...free,
          unitCode: 'D01',
          name: '市应急管理局',
          within: 'checked',
          daysSinceLast: 3,
          byKind: {
            ...KINDS,
            counted: 4,
            second: 1,
          },
          byMethod: {
            phone: 3,
            video: 0,
            onsite: 1,
          },
          nights: 3,
          mostInMonth: 2,
          minutes: 41,
          measured: 3,
          visits: 5,
          month: 'full',
          night: 'exceeded',
        },
        { ...unit, ...free, unitCode: 'D02', name: '市公安局', within: 'broken', daysSinceLast: null },
        { ...unit, ...free, unitCode: 'D03', name: '市气象局', within: 'waiting', daysSinceLast: 60 },
      ],
      checkedUnits: 1,
      dueUnits: 1,
      burdenedUnits: 1,
      minutes: 41,
    },
    load: {
      rows: [
        {
          inspector: person('督***', 1),
          checks: 9,
          nights: 5,
          minutes: 64,
          measured: 8,
          kilometres: 31.4,
          legs: 3,
          most: {
            unitCode: 'D01',
            name: '市应急管理局',
            visits: 3,
          },
        },
        {
          inspector: person('王*', null, true),
          checks: 0,
          nights: 0,
          minutes: 0,
          measured: 0,
          kilometres: null,
          legs: 0,
          most: null,
        },
      ],
      checks: { part: 5, whole: 9, mostOverMean: 2 },
      nights: { part: 3, whole: 5, mostOverMean: 2 },
    },
    agreement: {
      pairs: 12,
      apart: 1,
      open: 2,
      withinWindow: { part: 9, whole: 12 },
      items: [
        { ...judged({ bothYes: 12 }), ...item, text: '接听人在值班表上', finding: 'not_as_rostered' },
        {
          ...judged({ bothYes: 2, firstOnly: 5, secondOnly: 4, bothNo: 1 }),
          ...item,
          text: '当班日志已记',
          finding: null,
        },
        { ...judged({ bothYes: 3 }), ...item, text: '值班口令相符', finding: null },
      ],
      findings: [{ ...judged({ bothYes: 2, secondOnly: 1, bothNo: 9 }), finding: 'unfamiliar' }],
      result: judged({ bothYes: 6, firstOnly: 2, secondOnly: 1, bothNo: 3 }),
    },
    leniency: {
      rows: [
        {
          inspector: person('督***', 2),
          checks: 40,
          found: 2,
          expected: 11.4,
          low: 6,
          high: 17,
          p: 1e-4,
          word: 'lenient',
        },
        {
          inspector: person('督***', 1),
          checks: 44,
          found: 12,
          expected: 10.9,
          low: 6,
          high: 16,
          p: 0.61,
          word: 'unclear',
        },
        {
          inspector: person('王*', null, true),
          checks: 0,
          found: 0,
          expected: 0,
          low: 0,
          high: 0,
          p: 1,
          word: 'few',
        },
      ],
      checks: 80,
      found: 22,
      tested: 2,
      byChance: { part: 30, whole: 80 },
    },
    upper: [
      {
        officeCode: 'C01',
        name: '东江县',
        pairs: 7,
        open: 2,
        medianDays: 6,
        missed: {
          part: 2,
          whole: 5,
        },
        answers: {
          part: 24,
          whole: 31,
        },
        result: judged({
          bothYes: 2,
          secondOnly: 2,
          bothNo: 3,
        }),
        findings: [
          {
            ...judged({
              bothYes: 1,
              secondOnly: 2,
              bothNo: 4,
            }),
            finding: 'log_missing',
          },
        ],
      },
    ],
    ...more,
  }
}
