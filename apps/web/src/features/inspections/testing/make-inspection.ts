import type {
  ChecklistVersion,
  InspectionFinding,
  InspectionItem,
  InspectionList,
  InspectionPage,
} from '@zhidu/contract'
import { BUILT_IN_CHECKLISTS, toQuarter } from '@zhidu/domain'

export const INSPECTION_ID = '7f3a0000-0000-4000-8000-00000000c0de'
const PHOTO = 'ab'.repeat(32)
const RECORDING = 'cd'.repeat(32)
const REGULATION = { id: 'sample', version: '2026-1', title: '示例规则 2026-1', notice: '示例，非任何单位的正式办法' }

export function makeFinding(overrides: Partial<InspectionFinding> = {}): InspectionFinding {
  return {
    finding: 'call_forwarded',
    standing: 'suspected',
    clause: '5-D-2',
    clauseLabel: '第五章第二条',
    points: 5,
    items: [],
    files: [],
    decision: null,
    caseId: null,
    caseState: null,
    ...overrides,
  }
}

export function makeItem(overrides: Partial<InspectionItem> = {}): InspectionItem {
  return {
    inspectionId: INSPECTION_ID,
    checkCode: 'CC-7F3AK-19C2M',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    method: 'phone',
    purpose: 'ordered',
    at: '2026-11-20T22:10:05+08:00',
    elapsedSeconds: 88,
    inspectors: ['张*', '李*'],
    state: 'awaiting_decision',
    findings: [{ finding: 'call_forwarded', standing: 'suspected', points: 5 }],
    filesMissing: 0,
    receivedAt: '2026-11-20T22:12:00+08:00',
    ...overrides,
  }
}

const COUNTS = { awaiting_files: 0, awaiting_decision: 1, passed: 2, decided: 0, inconclusive: 0, compared: 0 }

export function makeList(overrides: Partial<InspectionList> = {}): InspectionList {
  return {
    quarter: toQuarter('2026Q4'),
    asOf: '2026-11-20T22:30:00+08:00',
    regulation: REGULATION,
    counts: COUNTS,
    items: [makeItem()],
    nextCursor: null,
    ...overrides,
  }
}

export function makeChecklist(overrides: Partial<ChecklistVersion> = {}): ChecklistVersion {
  const [list] = BUILT_IN_CHECKLISTS
  if (list === undefined) throw new RangeError('a list')
  return {
    ...list,
    methods: [...list.methods],
    items: list.items.map(({ dutyModes, ...item }) => ({
      ...item,
      dutyModes: dutyModes === null ? null : [...dutyModes],
    })),
    isBuiltIn: true,
    isNewest: true,
    writtenAt: null,
    writtenBy: null,
    ...overrides,
  }
}

const call = { line: 'duty_room', number: '****0001', rings: 9, ringMs: 40_000, outcome: 'no_answer' } as const

function makeDocument(): InspectionPage['document'] {
  return {
    format: 1,
    inspectionId: INSPECTION_ID,
    unitCode: 'D13',
    method: 'phone',
    purpose: 'ordered',
    drawId: null,
    orderId: null,
    reason: '春节值守检查',
    inspectors: ['张*', '李*'],
    checklist: { id: 'phone', version: 1 },
    start: { session: 's', monotonicMs: 0, wallMs: 0 },
    anchors: [],
    elapsedMs: 300_000,
    attempts: [
      { ...call, dialledMs: 0 },
      { ...call, dialledMs: 100_000, rings: 5, ringMs: 21_000, outcome: 'right_person' },
    ],
    callBack: { askedMs: 150_000, cameMs: 200_000, isFromDutyLine: false },
    signals: [
      { signal: 'second_line', reading: 'points_to', note: '占线' },
      { signal: 'call_back', reading: 'points_to', note: null },
    ],
    answers: [{ item: 'log', answer: 'no', note: '缺四小时', files: [PHOTO] }],
    startPlace: 'refused',
    endPlace: { atMs: 1, latitude: 23.5, longitude: 116.3, accuracyMetres: 12 },
    readBack: {
      text: '疑似呼叫转移',
      opinion: 'objects',
      objection: '线路故障',
      person: '王*',
      post: '值班员',
      atMs: 1,
    },
    files: [],
    metPerson: '王*',
    metPost: '值班员',
    note: '值班电话 138****1234',
  }
}

export function makePage(
  overrides: Partial<InspectionPage> = {},
  item: Partial<InspectionPage['item']> = {},
): InspectionPage {
  const { isBuiltIn: _, isNewest: __, writtenAt: ___, writtenBy: ____, ...checklist } = makeChecklist()
  const shift = { startsAt: '2026-11-20T18:00:00+08:00', endsAt: '2026-11-21T08:00:00+08:00', phone: null }
  const person = {
    role: 'officer',
    person: '赵*',
    post: '值班员',
    ...shift,
    recordedAt: '2026-11-19T09:00:00+08:00',
  } as const
  const file = { bytes: 240_000, takenMs: 60_000 }
  return {
    item: { ...makeItem(), findings: [makeFinding()], ...item },
    asOf: '2026-11-20T22:30:00+08:00',
    regulation: REGULATION,
    officeName: '市政府办公室',
    document: makeDocument(),
    checklist,
    contentHash: `sha256:${'0'.repeat(64)}`,
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
    time: { uncertaintySeconds: 1, basis: 'wall', deviceErrorSeconds: -31_536_000 },
    roster: [person],
    lateRoster: [{ ...person, person: '钱*', recordedAt: '2026-11-21T09:00:00+08:00', change: 'added' }],
    verdict: { kind: 'reached', isLate: true },
    unproven: [{ finding: 'absent', reason: 'protocol' }],
    forwarding: { isSuspected: true, pointing: ['second_line', 'call_back'], against: [], exempt: null },
    files: [
      {
        ...file,
        sha256: PHOTO,
        kind: 'photo',
        type: 'image/jpeg',
        name: '日志.jpg',
        receivedBytes: 240_000,
        receivedSha256: PHOTO,
      },
      {
        ...file,
        sha256: RECORDING,
        kind: 'recording',
        type: 'audio/mp4',
        name: '录音.m4a',
        receivedBytes: 9,
        receivedSha256: null,
      },
    ],
    draw: null,
    pairedWith: null,
    recordedBy: '张*',
    mayReveal: true,
    decisionBarredBy: null,
    ...overrides,
  }
}
