import type { Overview, OverviewChange, OverviewGroup, OverviewUnit } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'

export function makeOverviewUnit(rank: number, overrides: Partial<OverviewUnit> = {}): OverviewUnit {
  return {
    rank,
    tied: false,
    unitCode: `D${String(rank).padStart(2, '0')}`,
    name: `市第${rank}局`,
    score: 100 - rank,
    timeliness: { onTime: 14, late: 1, missing: 0, notYetDue: 0, owed: 15 },
    ...overrides,
  }
}

export function makeGroup(overrides: Partial<OverviewGroup> = {}): OverviewGroup {
  return {
    group: '市直组',
    unitCount: 35,
    rankedCount: 31,
    reachCount: 35,
    top: [
      makeOverviewUnit(1, { name: '市生态环境局', score: 99 }),
      makeOverviewUnit(2, { name: '市科技局', score: 98, tied: true }),
      makeOverviewUnit(2, { unitCode: 'D03', name: '市城市管理执法局', score: 98, tied: true }),
      makeOverviewUnit(4, { name: '市发展改革委', score: 97, tied: true }),
      makeOverviewUnit(4, { unitCode: 'D05', name: '市退役军人事务局', score: 97, tied: true }),
    ],
    bottom: [
      makeOverviewUnit(27, { name: '市住房城乡建设局', score: 87.5 }),
      makeOverviewUnit(28, { name: '市市场监管局', score: 86 }),
      makeOverviewUnit(29, { name: '市机关事务管理局', score: 82.5 }),
      makeOverviewUnit(30, { name: '市文化广电旅游体育局', score: 72.5 }),
      makeOverviewUnit(31, { name: '市国资委', score: 72 }),
    ],
    notMeasured: 4,
    ...overrides,
  }
}

export function makeChange(overrides: Partial<OverviewChange> = {}): OverviewChange {
  return {
    unitCode: 'D30',
    name: '市文化广电旅游体育局',
    group: '市直组',
    rank: 30,
    previousRank: 12,
    score: 72.5,
    previousScore: 93,
    timeliness: { part: 9, whole: 16 },
    previousTimeliness: { part: 14, whole: 15 },
    ...overrides,
  }
}

export function makeOverview(overrides: Partial<Overview> = {}): Overview {
  return {
    quarter: toQuarter('2026Q3'),
    tree: 'then',
    provenance: {
      asOf: '2026-10-08T23:59:59+08:00',
      regulation: { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: '示例，非任何单位的正式办法' },
      methodVersion: '1.0',
      isSynthetic: true,
    },
    timeliness: {
      now: { part: 648, whole: 722 },
      previous: { part: 602, whole: 684 },
      trend: [
        { part: 580, whole: 640 },
        { part: 611, whole: 690 },
        { part: 602, whole: 684 },
        { part: 648, whole: 722 },
      ],
    },
    completeness: {
      now: { part: 8467, whole: 8580 },
      previous: { part: 8012, whole: 8116 },
      trend: [
        { part: 7400, whole: 7600 },
        { part: 7900, whole: 8010 },
        { part: 8012, whole: 8116 },
        { part: 8467, whole: 8580 },
      ],
    },
    checks: {
      now: { part: 99, whole: 135 },
      previous: { part: 105, whole: 132 },
      trend: [
        { part: 90, whole: 120 },
        { part: 101, whole: 128 },
        { part: 105, whole: 132 },
        { part: 99, whole: 135 },
      ],
    },
    filings: {
      now: { part: 152, whole: 160 },
      previous: { part: 234, whole: 240 },
      trend: [
        { part: 0, whole: 0 },
        { part: 150, whole: 160 },
        { part: 234, whole: 240 },
        { part: 152, whole: 160 },
      ],
    },
    misreports: {
      now: [
        { kind: 'understated', count: 1 },
        { kind: 'omitted', count: 1 },
      ],
      previousTotal: 1,
    },
    notYetDue: 0,
    groups: [
      makeGroup(),
      makeGroup({
        group: '县区组',
        unitCount: 5,
        rankedCount: 5,
        reachCount: 5,
        notMeasured: 0,
        top: [
          makeOverviewUnit(1, {
            unitCode: 'C01',
            name: '锦溪县',
            score: 93.5,
            timeliness: { onTime: 38, late: 0, missing: 0, notYetDue: 0, owed: 38 },
          }),
          makeOverviewUnit(2, {
            unitCode: 'C02',
            name: '安西区',
            score: 92,
            timeliness: { onTime: 48, late: 3, missing: 0, notYetDue: 0, owed: 51 },
          }),
          makeOverviewUnit(3, {
            unitCode: 'C03',
            name: '安东区',
            score: 85,
            timeliness: { onTime: 65, late: 5, missing: 0, notYetDue: 0, owed: 70 },
          }),
          makeOverviewUnit(4, {
            unitCode: 'C04',
            name: '岭北县',
            score: 79,
            timeliness: { onTime: 34, late: 6, missing: 1, notYetDue: 0, owed: 41 },
          }),
          makeOverviewUnit(5, {
            unitCode: 'C05',
            name: '棠海市',
            score: 59,
            timeliness: { onTime: 62, late: 10, missing: 2, notYetDue: 0, owed: 74 },
          }),
        ],
        bottom: [],
      }),
    ],
    changes: [
      makeChange({
        unitCode: 'D03',
        name: '市城市管理执法局',
        rank: 2,
        previousRank: 31,
        score: 98,
        previousScore: 76,
        timeliness: { part: 26, whole: 26 },
        previousTimeliness: { part: 17, whole: 24 },
      }),
      makeChange(),
      makeChange({
        unitCode: 'D17',
        name: '市农业农村局',
        rank: 11,
        previousRank: 28,
        score: 94,
        previousScore: 85,
        timeliness: { part: 14, whole: 14 },
        previousTimeliness: { part: 9, whole: 14 },
      }),
      makeChange({
        unitCode: 'D21',
        name: '市司法局',
        rank: 12,
        previousRank: 22,
        score: 93.5,
        previousScore: 89,
        timeliness: { part: 3, whole: 4 },
        previousTimeliness: { part: 0, whole: 0 },
      }),
    ],
    changedCount: 29,
    overdue: [
      {
        kind: 'report',
        state: 'overdue',
        unitCode: 'C05',
        unitName: '棠海市',
        eventCode: 'SJ-2026-0929-01',
        level: 'IV',
        dueAt: '2026-09-29T16:30:00+08:00',
      },
      {
        kind: 'filing',
        state: 'overdue',
        unitCode: 'D31',
        unitName: '市国资委',
        holiday: '2026-国庆节',
        form: 'roster',
        dueAt: '2026-09-26T23:59:59+08:00',
      },
      {
        kind: 'report',
        state: 'due_soon',
        unitCode: 'C03',
        unitName: '安东区',
        eventCode: 'SJ-2026-1008-02',
        level: 'III',
        dueAt: '2026-10-09T00:27:00+08:00',
      },
    ],
    overdueCount: 2,
    dueSoonCount: 1,
    upcoming: [{ holiday: '2026-国庆节', firstDayOff: '2026-10-01', dueOn: '2026-09-26' }],
    unannouncedYears: [2027],
    ...overrides,
  }
}
