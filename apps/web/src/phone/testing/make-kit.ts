import type { InspectionKit, KitUnit, KitVisit } from '@zhidu/contract'
import { BUILT_IN_CHECKLISTS, type DutyMode, type Finding } from '@zhidu/domain'

/** 2026-10-09 21:36:00 of the offices' time. */
export const NIGHT = Date.parse('2026-10-09T21:36:00+08:00')
export const DRAW_ID = '0f0e0d0c-0b0a-4908-8706-050403020100'
export const ACCOUNT_ID = '11111111-2222-4333-8444-555555555555'

const NAMES = [
  '市住房城乡建设局',
  '市交通运输局',
  '市水利局',
  '市卫生健康委',
  '市应急管理局',
  '东城区',
  '西城区',
  '北山县',
]

const POINTS: Readonly<Partial<Record<Finding, number>>> = {
  absent: 5,
  call_forwarded: 4,
  no_answer: 5,
  invalid_number: 3,
  leader_unreachable: 3,
  not_as_rostered: 2,
  unfamiliar: 1,
  log_missing: 1,
  equipment_missing: 1,
}

function shift(role: 'leader' | 'officer', person: string, post: string | null): KitUnit['roster'][number] {
  return {
    role,
    person,
    post,
    phone: role === 'leader' ? '06005550101' : '06005550102',
    startsAt: '2026-10-09T18:00:00+08:00',
    endsAt: '2026-10-10T08:30:00+08:00',
    recordedAt: '2026-10-08T17:20:00+08:00',
  }
}

export function makeUnit(index: number, changes: Partial<KitUnit> = {}): KitUnit {
  const dutyMode: DutyMode = 'room'
  return {
    unitCode: `D${String(index + 1).padStart(2, '0')}`,
    name: NAMES[index] ?? `单位${index + 1}`,
    dutyMode,
    lines: [
      { line: 'duty_room', number: '0600-812 3345', forwardingUntil: null },
      { line: 'alternate', number: '0600-812 3346', forwardingUntil: null },
    ],
    roster: [shift('leader', '张三', '副局长'), shift('officer', '李四', null)],
    lastChecks: [
      { at: '2026-09-12T20:10:00+08:00', method: 'phone', findings: ['not_as_rostered'], isProvisional: false },
    ],
    openFindings: 1,
    openRectifications: 3,
    roomCodes: Array.from({ length: 168 }, (_, slot) => String(4_000 + slot)),
    points: POINTS,
    ...changes,
  }
}

function makeVisit(position: number): KitVisit {
  return {
    purpose: 'drawn',
    drawId: DRAW_ID,
    orderId: null,
    title: '国庆夜间抽查',
    unitCode: `D${String(position).padStart(2, '0')}`,
    position,
    inspectors: ['王督查', '赵督查'],
    isMine: true,
    isNight: true,
    inspectionId: null,
    dueAt: null,
  }
}

/** A night of eight visits, the first two of them for telephone duty or a single number where a test says so. */
export function makeKit(changes: Partial<InspectionKit> = {}): InspectionKit {
  const units = NAMES.map((_, index) => makeUnit(index))
  return {
    serverMs: NIGHT,
    validUntil: '2026-10-10T11:36:00+08:00',
    codesFrom: '2026-10-09T21:30:00+08:00',
    accountId: ACCOUNT_ID,
    inspector: '王督查',
    officeName: '市总值班室',
    regulation: { id: 'sample', version: '1', title: '示例规则第 1 版', notice: '示例，非任何单位的正式办法' },
    phone: {
      clause: '5-P-1',
      maxRings: 3,
      maxSeconds: 15,
      giveUpRings: 8,
      attempts: 2,
      spacingSeconds: 180,
      alternateLine: true,
      callBackSeconds: 600,
    },
    explanationWorkingDays: 3,
    limits: ['Ⅳ级 2 小时', 'Ⅲ级 1 小时'],
    checklists: BUILT_IN_CHECKLISTS.map((list) => ({
      ...list,
      methods: [...list.methods],
      items: list.items.map((item) => ({ ...item, dutyModes: item.dutyModes === null ? null : [...item.dutyModes] })),
    })),
    visits: NAMES.map((_, index) => makeVisit(index + 1)),
    units,
    others: [{ unitCode: 'D09', name: '南湖县', dutyMode: 'phone' }],
    ...changes,
  }
}
